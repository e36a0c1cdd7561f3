"""What the language-model researcher gains and what that takes: from a recording, and on LoCoMo.

    python -m benchmarks.language_model [--model NAME_OR_FILE] [--experiments N] [--home FOLDER]

Always replays the shipped recording on the generated benchmark, offline and without a key: calls
and tokens are those of the recorded run, and cost no money again. With --model it also runs that
model on LoCoMo, whose file WHETSTONE_LOCOMO names, with N experiments. Prints a Markdown table.
`--home` keeps what the runs wrote; evaluations that it already knows are not made again.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from flows.session import Request, holding, new_run, recorded
from stages.document import build_document
from stages.engine import Engine
from stages.walk import walk
from tasks.errors import WhetstoneError
from tasks.records.document import RunDocument
from tasks.records.usage import Usage
from tasks.report.wording import difference

RECORDED = "recorded"
EXPERIMENTS = 12
"""What was recorded: a replay needs as many."""
MINUTES = 1440.0
"""A day: probes may take a part of it, and what they leave out changes what the model is asked."""
HEAD = (
    "target", "model", "accepted", "held-out gain", "development gain", "evaluations", "calls",
    "tokens", "money", "tokens for an accepted change", "money for an accepted change",
)  # fmt: skip


def measured(
    target: str, model: str, experiments: int = EXPERIMENTS, data: str | None = None
) -> RunDocument:
    """A whole run of this researcher under WHETSTONE_HOME, without Prefect, MLflow and AutoML."""
    run = new_run(
        Request(
            target, "language_model", model, experiments, MINUTES, data=data, automl=False,
            tracking=False,
        )
    )  # fmt: skip
    with holding(run, fresh=True), recorded(run):
        walk(Engine(run))
    return build_document(run)


def row(document: RunDocument) -> tuple[str, ...]:
    """The cells of one run, in the order of the head."""
    usage = document.model.total if document.model is not None else Usage()
    kept = len(document.accepted)
    rough = "about " if usage.estimated else ""
    money = "no price" if usage.money is None else f"{usage.money:.4f}"
    each = "" if usage.money is None or not kept else f"{usage.money / kept:.4f}"
    return (
        document.target,
        document.model.name if document.model is not None else "",
        str(kept),
        *("not measured" if gain is None else difference(gain)
          for gain in (document.sealed_gain, document.gain)),
        str(document.evaluations),
        str(usage.calls),
        f"{rough}{usage.tokens:,}",
        money,
        f"{rough}{usage.tokens / kept:,.0f}" if kept else "",
        each,
    )  # fmt: skip


def main() -> None:
    """Prints a line for each run, and one for each change that was accepted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", help="a model of configs/models, or its file, for LoCoMo")
    parser.add_argument("--experiments", type=int, default=24, help="of the run on LoCoMo")
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    locomo = os.environ.get("WHETSTONE_LOCOMO")
    if options.model and not locomo:
        raise WhetstoneError(
            "--model was given, but WHETSTONE_LOCOMO does not say where LoCoMo is",
            "fetch it with `whetstone data fetch locomo`, and set WHETSTONE_LOCOMO to its path",
        )
    with tempfile.TemporaryDirectory(prefix="whetstone-language-model-") as folder:
        os.chmod(folder, 0o755)  # the sandbox's user has to pass through it
        os.environ["WHETSTONE_HOME"] = str(options.home or folder)
        documents = [measured("lifelog", RECORDED)]
        if options.model:
            documents.append(measured("locomo", options.model, options.experiments, locomo))
    print(f"| {' | '.join(HEAD)} |")
    print("|---" * len(HEAD) + "|")
    for document in documents:
        print(f"| {' | '.join(row(document))} |")
    print()
    for document in documents:
        for change in document.accepted:
            print(f"- {document.target}: {change.title} ({change.fine_type}, {change.source})")


if __name__ == "__main__":
    main()
