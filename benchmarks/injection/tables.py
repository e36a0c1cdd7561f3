"""Tables in Markdown: what became of the injections, and what of the cases.

python -m benchmarks.injection.tables FOLDER/attempts.jsonl

benchmarks/repair.py prints the table of results.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Literal

from benchmarks.injection.attempts import Attempt
from tasks.records.base import Record


class Result(Record):
    """What came of one case: the judge's verdict and what the repair spent."""

    case: str
    kind: str
    substrate: str
    half: Literal["development", "reported"]
    verdict: Literal["right", "plausible", "failed"]
    evaluations: int
    seconds: float


def results_table(results: Sequence[Result]) -> str:
    """By half, by kind and by substrate: cases, mended, plausible but wrong, evaluations."""
    parts = [
        _results("half", results, lambda result: result.half),
        _results("kind", results, lambda result: result.kind),
        _results("substrate", results, lambda result: result.substrate),
    ]
    return "\n\n".join(parts)


def _results(title: str, results: Sequence[Result], key: Callable[[Result], str]) -> str:
    header = [title, "cases", "mended", "share", "plausible but wrong", "median evaluations"]
    groups = [
        (name, [r for r in results if key(r) == name]) for name in sorted({*map(key, results)})
    ]
    return _markdown(header, [_row(name, part) for name, part in [*groups, ("all", results)]])


def _row(name: str, results: Sequence[Result]) -> list[str]:
    right = [result for result in results if result.verdict == "right"]
    wrong = sum(result.verdict == "plausible" for result in results)
    share = f"{len(right) / len(results):.0%}" if results else "-"
    spent = f"{median(result.evaluations for result in right):g}" if right else "-"
    return [name, str(len(results)), str(len(right)), share, str(wrong), spent]


def attempts_table(attempts: Sequence[Attempt]) -> str:
    """By kind and by substrate: tried, kept, and dropped for each reason; seconds an attempt."""
    kinds = [(name, a) for a in attempts for name in a.kind.split("+")]
    substrates = [(a.substrate, a) for a in attempts]
    return f"{_attempts('kind', kinds)}\n\n{_attempts('substrate', substrates)}"


def _attempts(title: str, entries: Sequence[tuple[str, Attempt]]) -> str:
    reasons = Counter(a.verdict for _, a in entries if a.verdict != "kept")
    columns = ["kept", *(reason for reason, _ in reasons.most_common())]
    rows = []
    names = sorted({name for name, _ in entries})
    for name in [*names, "all"]:
        part = [a for own, a in entries if name in (own, "all")]
        counts = Counter(a.verdict for a in part)
        seconds = f"{median(a.seconds for a in part):.1f}" if part else "-"
        rows.append([name, str(len(part)), *(str(counts[c]) for c in columns), seconds])
    return _markdown([title, "tried", *columns, "median seconds"], rows)


def _markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.injection.tables")
    parser.add_argument("file", type=Path, help="one attempt a line, as the builder left it")
    options = parser.parse_args(arguments)
    lines = options.file.read_text(encoding="utf-8").splitlines()
    print(attempts_table([Attempt.model_validate_json(line) for line in lines]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
