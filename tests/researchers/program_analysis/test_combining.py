"""Two faults that hide each other: pairs of edits are rehearsed where no edit passes alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis import combining
from researchers.program_analysis.program import Program
from researchers.program_analysis.rehearsing import rehearsed
from tasks.records.change import Proposal
from tests.researchers.program_analysis.test_rehearsing import JOB, dossier_of, proposed, samples

HIDDEN = """\
def scaled(rows, low, high):
    span = high + low
    return [(n - high) / span for n in rows]
"""
HIDDEN_TESTS = """\
from job import scaled


def test_ends():
    assert scaled([2, 4], 2, 4) == [0, 1]


def test_middle():
    assert scaled([3, 7], 1, 5) == [0.5, 1.5]


def test_none():
    assert scaled([], 1, 5) == []
"""
APART = JOB.replace("max(rows) - min(rows)", "max(rows) + min(rows)")


def run(proposal: Proposal, name: str, *given: Any) -> Any:
    space: dict[str, Any] = {}
    exec(proposal.edits[0].content or "", space)
    return space[name](*given)


def test_faults_that_hide_each_other_are_mended_together(tmp_path: Path, dossier: Any) -> None:
    seen = samples({"test_ends": "AssertionError", "test_middle": "AssertionError"}, ("test_none",))
    made = proposed(dossier_of(tmp_path, dossier, seen, job=HIDDEN, test_job=HIDDEN_TESTS))
    assert "100% of the failing tests pass, 0% of the others" in made[0].rationale
    assert "+" in made[0].source
    assert run(made[0], "scaled", [10, 15, 30], 10, 30) == [0, 0.25, 1]


def test_edits_that_mend_a_part_each_are_put_together(tmp_path: Path, dossier: Any) -> None:
    failing = {"test_high": "AssertionError", "test_span": "AssertionError"}
    seen = samples(failing, ("test_low", "test_within"))
    made = proposed(dossier_of(tmp_path, dossier, seen, job=APART))
    assert run(made[0], "clamp", 9, 2, 5) == 5
    assert run(made[0], "span", [1, 4, 2]) == 3


def test_nothing_is_put_together_where_one_edit_passes(
    tmp_path: Path, dossier: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*given: Any) -> Any:
        raise AssertionError("pairs were asked")

    monkeypatch.setattr("researchers.program_analysis.researcher.combined", never)
    made = proposed(dossier_of(tmp_path, dossier, samples({"test_high": "AssertionError"})), 3)
    assert "100% of the failing tests pass" in made[0].rationale


def test_pairs_end_with_their_steps(
    tmp_path: Path, dossier: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(combining, "STEPS", -1)
    failing = {"test_high": "AssertionError", "test_span": "AssertionError"}
    seen = dossier_of(tmp_path, dossier, samples(failing, ("test_low",)), job=APART)
    made = proposed(seen)
    assert rehearsed(Program(seen)).tells
    assert not any("100% of the failing tests pass" in p.rationale for p in made)
