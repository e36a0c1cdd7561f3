"""The README's table of one target over seeds, as Markdown.

    whetstone show RUN --json > seed-0.json      # one file a seed
    python -m benchmarks.seeds_table seed-0.json seed-1.json seed-2.json

Brackets are 95 % intervals over groups of items within one seed. The last row is the mean over
seeds; its brackets, from three seeds on, are Student's over seeds, which are few. Credit is the sum
of Shapley values on the development split, or `out`: what is lost without the type, where there are
no Shapley values; in the mean a type that a run did not accept earned nothing there. `All tuning`
is the Optuna arm's gain on that split. Its evaluations differ in number: what is equal is passes
over all items, which traces and probes of the search use up too.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean, stdev

from tasks.records.document import AutomlEntry, RunDocument, Standing
from tasks.records.score import Difference, Estimate
from tasks.report.claim import claim
from tasks.report.headline import searched
from tasks.report.wording import counted, delta, margin, measured, number, signed
from tasks.validate import FEWEST_SEEDS
from tasks.validate.student import quantile

COLUMNS = (
    "seed", "baseline, sealed", "champion, sealed", "Optuna, sealed", "gain, sealed",
    "evaluations (Optuna's)", "minutes", "accepted", "credit by type, dev", "all tuning, dev",
    "code beats all tuning",
)  # fmt: skip
TYPES = ("bug_fix", "architecture", "prompt", "hyperparameter")


def main() -> None:
    """Prints the table. Files of different targets are refused."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("documents", nargs="+", type=Path)
    documents = [
        RunDocument.model_validate_json(path.read_text(encoding="utf-8"))
        for path in parser.parse_args().documents
    ]
    targets = sorted({document.target for document in documents})
    if len(targets) > 1:
        sys.exit(f"runs of different targets: {', '.join(targets)}; one table is of one target")
    print("\n".join(table(documents)))


def table(documents: Sequence[RunDocument]) -> Iterator[str]:
    """The lines: one row a run, by seed, and the mean where there are several."""
    ordered = sorted(documents, key=lambda document: document.seed)
    yield _line(COLUMNS)
    yield "|---" * len(COLUMNS) + "|"
    yield from (_line(_row(document)) for document in ordered)
    if len(ordered) > 1:
        yield _line(_means(ordered))


def _row(document: RunDocument) -> Iterator[str]:
    arm = document.automl
    yield str(document.seed)
    yield measured(_sealed(document.baseline))
    yield measured(_sealed(document.champion))
    yield measured(_sealed(arm))
    yield _difference(document.sealed_gain)
    yield f"{searched(document)} ({arm.evaluations})" if arm else str(searched(document))
    yield number(document.seconds / 60, 1)
    counts = Counter(change.change_type for change in document.accepted)
    yield "<br>".join(f"{kind} {counts[kind]}" for kind in TYPES if counts[kind]) or "none"
    yield "<br>".join(_credits(document)) or "none"
    yield _difference(arm.gain if arm else None)
    yield claim(document).state


def _credits(document: RunDocument) -> Iterator[str]:
    known = {entry.change_type: entry for entry in document.by_type}
    for kind in TYPES:
        if kind in known:
            out = " out" if known[kind].shapley is None and known[kind].difference else ""
            yield f"{kind}{out} {_difference(known[kind].earned)}"


def _means(documents: Sequence[RunDocument]) -> Iterator[str]:
    yield f"mean of {counted(len(documents), 'seed')}"
    for of in (lambda d: d.baseline, lambda d: d.champion, lambda d: d.automl):
        yield _mean([_score(_sealed(of(document))) for document in documents])
    yield _mean([_delta(document.sealed_gain) for document in documents], sign=True)
    yield number(fmean(searched(document) for document in documents), 1)
    yield number(fmean(document.seconds for document in documents) / 60, 1)
    yield number(fmean(len(document.accepted) for document in documents), 1)
    yield "<br>".join(_mean_credits(documents)) or "none"
    yield _mean([_delta(d.automl.gain if d.automl else None) for d in documents], sign=True)
    states = Counter(claim(document).state for document in documents)
    yield ", ".join(f"{state} in {count}" for state, count in states.most_common())


def _mean_credits(documents: Sequence[RunDocument]) -> Iterator[str]:
    """A type that a run did not accept earned nothing there; one without Shapley value is named."""
    for kind in TYPES:
        entries = [
            next((e for e in document.by_type if e.change_type == kind), None)
            for document in documents
        ]
        if any(entries):
            values = [0.0 if entry is None else _delta(entry.shapley) for entry in entries]
            yield f"{kind} {_mean(values, sign=True)}"


def _mean(values: Sequence[float | None], *, sign: bool = False) -> str:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return f"not measured in {len(values) - len(known)}"
    show: Callable[[float, int], str] = signed if sign else number
    mean = fmean(known)
    if len(set(known)) == 1:
        return f"{show(mean, 3)} at every seed"
    if len(known) < FEWEST_SEEDS:
        return show(mean, 3)
    reach = quantile(0.975, len(known) - 1) * stdev(known) / len(known) ** 0.5
    return f"{show(mean, 3)} [{show(mean - reach, 3)}, {show(mean + reach, 3)}]"


def _sealed(of: Standing | AutomlEntry | None) -> Estimate | None:
    return of.sealed if of is not None else None


def _score(estimate: Estimate | None) -> float | None:
    return None if estimate is None else estimate.score


def _delta(difference: Difference | None) -> float | None:
    return None if difference is None else difference.delta


def _difference(difference: Difference | None) -> str:
    return "not measured" if difference is None else f"{delta(difference)} {margin(difference)}"


def _line(cells: Sequence[str] | Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
