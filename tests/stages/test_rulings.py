"""Rulings are recorded for every proposal, and credit goes by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from stages.patch import apply_patch
from stages.refine import refinements_of
from stages.rulings import record_rulings, ruling_of, rulings
from stages.run import Run
from tasks.records.candidate import Candidate
from tasks.records.change import FileEdit, FineType, Proposal
from tasks.records.dossier import Drafts
from tasks.records.outputs import Allocation
from tasks.records.score import Difference, Interval
from tasks.records.trial import Verdict
from tests.stages.runs import needs_sandbox, run_of
from tests.stages.test_credit import CONTRACT, VALUE, Edit, measured


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "value.py").write_text(VALUE)
    return run_of(CONTRACT, tmp_path)


def proposal(run: Run, name: str, declared: FineType, **files: str) -> Proposal:
    edits = tuple(FileEdit(path=f"{path}.py", content=text) for path, text in files.items())
    return Proposal(
        id=name, title=name, rationale="", change_type=declared, base=run.workspace.base,
        edits=edits, source="hand", researcher="mind",
    )  # fmt: skip


def test_a_ruling_is_kept_once_and_a_repair_may_change_it(run: Run):
    number = proposal(run, "a", "architecture", value=VALUE.replace("first = 0", "first = 2"))
    record_rulings(run, [number, number])
    record_rulings(run, [number])
    assert len((run.folder / "rulings.jsonl").read_text().splitlines()) == 1
    kept = rulings(run)["a"]
    assert (kept.declared, kept.ruled, kept.credited) == (
        "architecture", "hyperparameter", "hyperparameter",
    )  # fmt: skip
    assert not kept.agrees
    assert "first" in kept.reason
    mended = proposal(run, "a", "data_repair", value=VALUE.replace("max(first", "min(first"))
    record_rulings(run, [mended])
    again = rulings(run)["a"]
    assert (again.ruled, again.credited, again.agrees) == ("bug_fix", "data_repair", True)
    fresh = ruling_of(run, proposal(run, "b", "bug_fix", other="def new():\n    return 1\n"))
    assert fresh.ruled == "architecture"


@needs_sandbox
def test_credit_goes_by_the_rule_and_tells_what_was_declared(run: Run, monkeypatch):
    edits: list[Edit] = [
        ("a", "architecture", "first = 0", "first = 1"),
        ("b", "bug_fix", "max(first", "min(first"),
    ]
    found = measured(run, edits, monkeypatch, ruled=True)
    assert [c.change_type for c in found.contributions] == ["hyperparameter", "bug_fix"]
    assert [t.change_type for t in found.by_type] == ["hyperparameter", "bug_fix"]
    assert [s.name for s in found.report.by_declared] == ["architecture", "bug_fix"]


def applied(run: Run, *made: Proposal) -> tuple[Candidate, ...]:
    """The candidates that stage 15 makes of these."""
    names = tuple(p.id for p in made)
    drafts = Drafts.model_construct(proposals=made)
    return apply_patch(run, drafts, Allocation.model_construct(selected=names), None).candidates


def test_a_commit_names_the_ruled_type_and_the_declared_one(run: Run):
    number = VALUE.replace("first = 0", "first = 2")
    (candidate,) = applied(run, proposal(run, "a", "architecture", value=number))
    message = run.workspace.repo.commit(candidate.commit).message
    assert "Whetstone-Type: hyperparameter" in message
    assert "Whetstone-Declared-Type: architecture" in message


def test_what_is_bundled_is_of_one_type_by_rule(run: Run):
    """Three declared alike: two corrections, and a number that is no correction."""
    texts = {
        "a": VALUE.replace("max(first", "min(first"),
        "b": VALUE.replace("second = 0", "second = -first"),
        "c": VALUE.replace("first = 0", "first = 5"),
    }
    made = [proposal(run, name, "architecture", value=text) for name, text in texts.items()]
    candidates = applied(run, *made)
    up = Difference(
        delta=0.1, interval=Interval(low=-0.1, high=0.3), p_value=0.2, n=9, groups=3
    )  # fmt: skip
    verdicts = [
        Verdict.model_construct(candidate=c.id, verdict="indecisive", dev=up) for c in candidates
    ]
    bundles = refinements_of(run, run.workspace.base, candidates, verdicts)
    assert [bundle.title for bundle in bundles] == ["a + b"]
    assert bundles[0].change_type == "bug_fix"
