"""Failing tests are counted, and those of them that the rehearsal ends as the suite did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.rehearsal_reach import Reach, reach, table
from tests.researchers.program_analysis.conftest import dossier
from tests.researchers.program_analysis.test_rehearsing import dossier_of, samples

__all__ = ["dossier"]


def test_what_ends_as_in_truth_is_rehearsed(tmp_path: Path, dossier: Any) -> None:
    failing = {"test_high": "AssertionError", "test_span": "KeyError"}
    told = reach("case", dossier_of(tmp_path, dossier, samples(failing, ("test_low",))))
    assert told == Reach("case", failing=2, rehearsed=1)


def test_the_last_line_counts_cases_and_tests() -> None:
    last = table([Reach("a", 2, 2), Reach("b", 3, 1), Reach("c", 1, 0)]).splitlines()[-1]
    assert last == "3 cases: some in 2, all in 1; 3 of 6 tests"
