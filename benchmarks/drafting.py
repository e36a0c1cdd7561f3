"""Times what program analysis takes to find, draft and choose changes of whole packages.

    python -m benchmarks.drafting [--limit N] [FOLDER ...]

Each folder is analysed as a target of its own with no trace and no samples; the default is the
shipped memory system and an installed package, Jinja. Seconds are of processor time: `draft` is the
making of all drafts, `choose` the rendering and ranking of N proposals, as one round asks for them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import jinja2

from researchers.program_analysis import ProgramAnalysis
from researchers.program_analysis.program import Program
from tasks.records.dossier import Dossier, MetricCard
from tasks.records.evidence import CodeMap, FailureReport, FlowTrace

_DEFAULT = (Path("memory_systems/naive"), Path(jinja2.__file__).parent)
_HEAD = ("package", "files", "lines", "findings", "proposals", "diagnose", "draft", "choose",
         "total", "findings per second")  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints one row for each folder, as a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=_DEFAULT)
    parser.add_argument("--limit", type=int, default=60)
    given = parser.parse_args(arguments)
    print("|", " | ".join(_HEAD), "|")
    print("|", " | ".join("---" for _ in _HEAD), "|")
    for folder in given.folders:
        print("|", " | ".join(_row(folder, given.limit)), "|")


def _row(folder: Path, limit: int) -> list[str]:
    dossier = Dossier(
        root=folder,
        base="base",
        editable=("**",),
        protected=(),
        metric=MetricCard(
            name="score", kind="predictions", direction="maximize", unit="", notes=""
        ),
        code_map=CodeMap(modules=(), functions=()),
        trace=FlowTrace(flows=()),
        failures=FailureReport(slices=()),
    )
    mind, marks = ProgramAnalysis(), [time.process_time()]
    findings = mind.diagnose(dossier)
    marks.append(time.process_time())
    causes = mind.hypothesize(dossier, findings)
    marks.append(time.process_time())
    drafts = mind.propose(dossier, findings, causes, limit)
    marks.append(time.process_time())
    modules = Program(dossier).modules
    lines = sum(len(module.lines) for module in modules)
    spent = [later - earlier for earlier, later in pairwise(marks)]
    counts = (len(modules), lines, len(findings), len(drafts.proposals))
    total = sum(spent)
    seconds = [f"{s:.2f}" for s in (*spent, total)]
    return [folder.name, *map(str, counts), *seconds, f"{len(findings) / total:.0f}"]


if __name__ == "__main__":
    main()
