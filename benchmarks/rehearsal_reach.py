"""How many failing tests the rehearsal can run, and end as they end in truth.

    python -m benchmarks.rehearsal_reach CASES --half development --keep SEEN [--sample 24]

A case is one of benchmarks/injection, observed once as benchmarks/draft_rank.py does and kept in
`--keep`. A test counts as rehearsed where the interpreter (docs/program-analysis.md, "Rehearsal")
ends with the very exception that the suite ended with, so that edits are rehearsed on it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.draft_rank import observed
from benchmarks.injection.case import of_half
from researchers.program_analysis.program import Program
from researchers.program_analysis.rehearsal.rehearsal import Rehearsal
from tasks.records.dossier import Dossier


@dataclass(frozen=True)
class Reach:
    """Of one case: failing visible tests, and those of them that can be rehearsed."""

    case: str
    failing: int
    rehearsed: int


def reach(case: str, dossier: Dossier) -> Reach:
    """Asks each visible test once."""
    failing = sum(sample.score < 1 for sample in dossier.samples)
    return Reach(case, failing, len(Rehearsal(Program(dossier)).failing))


def table(reaches: Sequence[Reach]) -> str:
    """A line for each case, and the counts of all."""
    lines = [f"{'case':40} {'failing':>7} {'rehearsed':>9}"]
    lines += [f"{r.case[:40]:40} {r.failing:>7} {r.rehearsed:>9}" for r in reaches]
    some = sum(bool(r.rehearsed) for r in reaches)
    every = sum(r.rehearsed == r.failing for r in reaches)
    tests = f"{sum(r.rehearsed for r in reaches)} of {sum(r.failing for r in reaches)} tests"
    return "\n".join([*lines, f"{len(reaches)} cases: some in {some}, all in {every}; {tests}"])


def main() -> None:
    """Asks the cases one by one and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--half", choices=("development", "reported"), default="development")
    parser.add_argument("--keep", type=Path, required=True, help="what was observed")
    parser.add_argument("--sample", type=int, help="so many cases, drawn by their names [all]")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    drawn = of_half(options.cases, options.half, options.sample)
    print(table([reach(case.id, observed(case, options.keep)) for case in drawn]))


if __name__ == "__main__":
    main()
