"""Edits are rehearsed on the tests that a search sees, and those that pass them come first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis import ProgramAnalysis, catalogue
from researchers.program_analysis.draft import Draft
from researchers.program_analysis.program import Program
from researchers.program_analysis.ranking import Ranking
from researchers.program_analysis.rehearsal.limits import TookLong
from researchers.program_analysis.rehearsal.rehearsal import LONG, Rehearsal
from researchers.program_analysis.rehearsal.suite import Suite
from researchers.program_analysis.rehearsing import rehearsed
from tasks.records.change import Proposal
from tasks.records.dossier import Dossier, MetricCard, Sample
from tasks.records.evidence import FlowTrace, Location
from tests.researchers.program_analysis.conftest import write

SUITE = MetricCard(name="tests", kind="pytest", direction="maximize", unit="", notes="")
JOB = """\
def clamp(n, low, high):
    if n < low:
        return low
    if n > high:
        return low
    return n


def span(rows):
    return max(rows) - min(rows)
"""
TESTS = """\
from job import clamp, span


def test_low():
    assert clamp(1, 2, 5) == 2


def test_high():
    assert clamp(9, 2, 5) == 5


def test_within():
    assert clamp(3, 2, 5) == 3


def test_span():
    assert span([1, 4]) == 3


def test_held_out():
    assert clamp(9, 2, 5) == 77
"""
PASSED = ("test_low", "test_within", "test_span")


def sample(name: str, ending: str = "") -> Sample:
    told = f"failed: {ending}" if ending else "passed"
    return Sample(
        item=f"test_job::{name}", group="g", question="", gold="", prediction=told,
        score=float(not ending),
    )  # fmt: skip


def samples(failing: Mapping[str, str], passing: tuple[str, ...] = PASSED) -> tuple[Sample, ...]:
    return (*(sample(n, e) for n, e in failing.items()), *(sample(n) for n in passing))


FAILING = {"test_high": "AssertionError"}


def dossier_of(root: Path, make: Any, seen: tuple[Sample, ...], **files: str) -> Dossier:
    write(root, {"job.py": JOB, "test_job.py": TESTS} | {f"{k}.py": v for k, v in files.items()})
    trace = FlowTrace(flows=(), scores={s.item: s.score for s in seen})
    dossier: Dossier = make(
        root, metric=SUITE, samples=seen, trace=trace, protected=("test_job.py",)
    )
    return dossier


def proposed(dossier: Dossier, limit: int = 30) -> tuple[Proposal, ...]:
    mind = ProgramAnalysis()
    findings = mind.diagnose(dossier)
    return mind.propose(dossier, findings, mind.hypothesize(dossier, findings), limit).proposals


def works(proposal: Proposal) -> bool:
    space: dict[str, Any] = {}
    exec(proposal.edits[0].content or "", space)
    return (space["clamp"](9, 2, 5), space["clamp"](1, 2, 5), space["clamp"](3, 2, 5)) == (5, 2, 3)


def test_what_passes_all_tests_comes_first_and_says_so(tmp_path: Path, dossier: Any) -> None:
    made = proposed(dossier_of(tmp_path, dossier, samples(FAILING)))
    passing = [p for p in made if "100% of the failing tests pass, 0% of the others" in p.rationale]
    assert passing
    assert made[: len(passing)] == tuple(passing)
    assert works(made[0])
    assert not any(works(p) for p in made if "in rehearsal 0% of" in p.rationale)


def test_the_verdicts_are_shares_of_tests(tmp_path: Path, dossier: Any) -> None:
    seen = dossier_of(tmp_path, dossier, samples(FAILING))
    told = Rehearsal(Program(seen))
    assert told.tells
    proposed(seen)
    verdicts = {
        str(p.rationale).rpartition("; ")[2]
        for p in proposed(seen, 200)
        if "rehearsal" in p.rationale
    }
    assert any("0% of the failing" in v for v in verdicts)
    assert all(v.startswith("in rehearsal") for v in verdicts)


def test_held_out_tests_are_never_rehearsed(
    tmp_path: Path, dossier: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()
    plain = Suite.outcome

    def outcome(self: Suite, item: str, steps: int) -> tuple[str, int]:
        asked.add(item)
        return plain(self, item, steps)

    monkeypatch.setattr(Suite, "outcome", outcome)
    seen = samples(FAILING)
    assert proposed(dossier_of(tmp_path, dossier, seen))
    assert asked == {s.item for s in seen}


@pytest.mark.parametrize(
    "failing",
    [{"test_high": "KeyError"}, {"test_high": "Timeout"}, {"test_low": "AssertionError"},
     {"test_absent": "AssertionError"}],
)  # fmt: skip
def test_a_test_that_ends_otherwise_in_truth_is_not_trusted(
    failing: dict[str, str], tmp_path: Path, dossier: Any
) -> None:
    program = Program(dossier_of(tmp_path, dossier, samples(failing, ("test_span",))))
    assert not Rehearsal(program).tells


def test_where_nothing_can_be_rehearsed_the_order_stays(
    tmp_path: Path, dossier: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = f"import socket\nHOST = socket.gethostname() + ''\nassert HOST\n{TESTS}"
    refused = refused.replace("():\n", "():\n    assert HOST\n")
    seen = dossier_of(tmp_path, dossier, samples(FAILING), test_job=refused)
    assert not rehearsed(Program(seen)).tells
    made = proposed(seen)
    assert made
    assert not any("rehearsal" in p.rationale for p in made)
    monkeypatch.setattr(Ranking, "_judged", lambda self, drafts: list(drafts))
    assert [p.id for p in proposed(seen)] == [p.id for p in made]


def test_deep_operators_are_asked_where_nothing_else_passes(
    tmp_path: Path, dossier: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = {f"operator:{o.name}" for o in catalogue.DEEP}
    usual = dossier_of(tmp_path / "usual", dossier, samples(FAILING))
    assert not deep & {p.source for p in proposed(usual, 3)}
    module = "researchers.program_analysis.researcher"
    monkeypatch.setattr(f"{module}.OPERATORS", ())
    seen = dossier_of(tmp_path / "deep", dossier, samples(FAILING))
    made = proposed(seen, 3)
    assert made[0].source in deep
    assert works(made[0])
    assert "100% of the failing tests pass" in made[0].rationale


def test_what_the_clock_cut_off_counts_for_many_steps(
    tmp_path: Path, dossier: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = rehearsed(Program(dossier_of(tmp_path, dossier, samples(FAILING))))
    draft = Draft("t", "w", Location(path="job.py", line=5), {"job.py": f"{JOB}\n"}, 1.0)

    def late(self: Suite, item: str, steps: int) -> tuple[str, int]:
        raise TookLong("takes long")

    monkeypatch.setattr(Suite, "outcome", late)
    assert told.judge(draft) is None
    assert told.rehearsal.steps >= LONG
