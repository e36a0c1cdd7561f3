"""Measures the detectors: findings a second, and findings per 1,000 lines by kind.

    python benchmarks/findings.py FOLDER [FOLDER ...] [--lines 20000] [--show KIND ...] [--few 20]

The folders are read as one healthy package, up to the given number of lines, smallest files first
dropped last. In healthy code nearly every finding is a false alarm: what is counted here is noise,
and `--show` prints findings of a kind so that a person can judge them. No dossier is there, so
detectors that live on a trace or on failures find nothing.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from researchers.program_analysis.catalogue import DETECTORS
from researchers.program_analysis.context import Context
from researchers.program_analysis.program import Program
from tasks.records.change import Finding
from tasks.records.dossier import Dossier, MetricCard
from tasks.records.evidence import CodeMap, FailureReport, FlowTrace


def gather(folders: Sequence[Path], into: Path, limit: int) -> int:
    """Copies Python files until the limit of lines is reached; returns the lines copied."""
    lines = 0
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            relative = Path(folder.name) / path.relative_to(folder)
            if {"tests", "test", "_vendor", "vendor"} & set(relative.parts):
                continue
            length = path.read_bytes().count(b"\n")
            if lines + length > limit:
                continue
            (into / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, into / relative)
            lines += length
    return lines


def dossier(root: Path) -> Dossier:
    """A dossier with nothing but the code."""
    metric = MetricCard(name="", kind="predictions", direction="maximize", unit="", notes="")
    return Dossier(
        root=root,
        base="",
        editable=("**",),
        protected=(),
        metric=metric,
        code_map=CodeMap(modules=(), functions=()),
        trace=FlowTrace(flows=()),
        failures=FailureReport(slices=()),
    )


def main() -> None:
    """Prints a table by detector and kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--show", nargs="*", default=[])
    parser.add_argument("--few", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        lines = gather(given.folders, root, given.lines)
        began = time.perf_counter()
        context = Context(Program(dossier(root)))
        parsing = time.perf_counter() - began
        found: dict[str, list[Finding]] = defaultdict(list)
        seconds: dict[str, float] = {}
        for detector in DETECTORS:
            name, began = detector.__module__.rpartition(".")[2], time.perf_counter()
            found[name] = list(detector(context))
            seconds[name] = time.perf_counter() - began
    _print(found, seconds, lines, parsing)
    for name in given.show:
        _show(found, name, given.few)


def _print(
    found: dict[str, list[Finding]], seconds: dict[str, float], lines: int, parsing: float
) -> None:
    print("| detector | kind | findings | per 1,000 lines | mean strength | seconds |")
    print("|---|---|---|---|---|---|")
    for name in sorted(found):
        kinds: dict[str, list[float]] = defaultdict(list)
        for finding in found[name]:
            kinds[finding.kind].append(finding.strength)
        for kind, strengths in sorted(kinds.items()):
            print(
                f"| `{name}` | `{kind}` | {len(strengths)} | {1000 * len(strengths) / lines:.2f} "
                f"| {sum(strengths) / len(strengths):.2f} | {seconds[name]:.2f} |"
            )
    total, spent = sum(map(len, found.values())), sum(seconds.values())
    print(
        f"\n{lines} lines parsed in {parsing:.1f} s; {total} findings in {spent:.1f} s: "
        f"{total / (spent + parsing):.0f} findings/s, {lines / (spent + parsing):.0f} lines/s"
    )


def _show(found: dict[str, list[Finding]], name: str, few: int) -> None:
    shown = [f for own in found.values() for f in own if f.kind == name]
    for finding in shown[:: max(1, len(shown) // few)][:few]:
        print(f"{finding.kind} {finding.strength:.2f} {finding.location.path}:"
              f"{finding.location.line} {finding.evidence}")  # fmt: skip


if __name__ == "__main__":
    main()
