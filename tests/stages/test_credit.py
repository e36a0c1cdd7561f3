"""Stage 22 on a small repository: changes that add up, overlap, and need each other."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from stages import credit
from stages.credit import measure_credit
from stages.run import Run
from tasks.patch import Workspace, describe
from tasks.records.attribution import Attribution
from tasks.records.candidate import Candidate
from tasks.records.change import ROLL_UP, FileEdit, FineType, Proposal
from tasks.records.ruling import Ruling
from tests.stages.runs import needs_sandbox, run_of

CONTRACT = """
name: toy
repository: {path: tree, snapshot: true}
editable: ['*.py']
metric: {kind: command, command: ['{python}', value.py]}
budget: {credit: 10}
"""
VALUE = """first = 0
# one
second = 0
# two
third = 0
# three
print(first + second + third + max(first, third))
"""


def as_declared(proposal: Proposal) -> Ruling:
    """A ruling that agrees with the proposer."""
    kind = proposal.change_type
    return Ruling(proposal=proposal.id, declared=kind, ruled=ROLL_UP[kind], reason="")


Edit = tuple[str, FineType, str, str]


def accepted(run: Run, edits: list[Edit]) -> tuple[list[Candidate], str]:
    """Each change on top of the last, as the rounds of a run would have it."""
    workspace: Workspace = run.workspace
    head, made = workspace.base, []
    for name, kind, old, new in edits:
        text = (workspace.checkout(head) / "value.py").read_text()
        assert old in text
        edit = FileEdit(path="value.py", content=text.replace(old, new))
        proposal = Proposal(
            id=name, title=name, rationale="", change_type=kind, base=head, edits=(edit,),
            source="hand", researcher=f"mind {name}",
        )  # fmt: skip
        commit = workspace.commit(head, proposal.edits, name, {}, name)
        made.append(describe(proposal, head, commit, workspace))
        head = commit
    return made, head


def measured(
    run: Run, edits: list[Edit], monkeypatch: pytest.MonkeyPatch, ruled: bool = False
) -> Attribution:
    """Credit of these changes, by the types that they declare unless the rule is asked."""
    if not ruled:
        monkeypatch.setattr(credit, "ruling_of", lambda run, p: as_declared(p))
    made, champion = accepted(run, edits)
    return measure_credit(run, run.workspace.base, champion, made)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "value.py").write_text(VALUE)
    return run_of(CONTRACT, tmp_path)


@needs_sandbox
def test_shapley_of_overlapping_changes_sums_to_the_gain(run: Run, monkeypatch):
    edits: list[Edit] = [
        ("a", "bug_fix", "first = 0", "first = 1"),
        ("b", "hyperparameter", "second = 0", "second = 4"),
        ("c", "prompt", "third = 0", "third = 1"),
    ]
    found = measured(run, edits, monkeypatch)
    assert [round(c.shapley.delta, 9) for c in found.contributions if c.shapley] == [1.5, 4, 1.5]
    assert [c.difference.delta for c in found.contributions if c.difference] == [1, 4, 1]
    assert [c.alone.delta for c in found.contributions if c.alone] == [2, 4, 2]
    report = found.report
    assert report.composition is not None
    assert (report.composition.residual.delta, report.composition.verdict) == (-1, "overlap")
    pairs = {(i.first, i.second): i.difference.delta for i in report.interactions}
    assert pairs["a", "c"] == pairs["bug_fix", "prompt"] == pytest.approx(-1)
    assert pairs["a", "b"] == pytest.approx(0)
    assert (report.cost.method, report.cost.measured, report.dependencies) == ("exact", 8, ())
    assert {t.change_type: round(t.shapley.delta, 9) for t in found.by_type if t.shapley} == {
        "bug_fix": 1.5, "hyperparameter": 4, "prompt": 1.5,
    }  # fmt: skip
    assert [s.name for s in report.by_researcher] == ["mind a", "mind b", "mind c"]
    with (run.folder / "credit.csv").open(encoding="utf-8", newline="") as handle:
        scores = next(csv.DictReader(handle))
    assert {name: float(scores[name]) for name in ("base", "c", "a+c", "a+b+c")} == {
        "base": 0, "c": 2, "a+c": 3, "a+b+c": 7,
    }  # fmt: skip
    sealed = {t.change_type: t.sealed.delta for t in found.by_type if t.sealed}
    assert sealed == {"bug_fix": 1, "hyperparameter": 4, "prompt": 1}
    assert (run.seal.openings, run.seal.closed, run.seal.left()) == (1, True, 0)
    assert report.sealed_note.endswith(": 4")
    spent = [s for s in run.spending() if s.purpose == "credit" and not s.cached]
    assert len({s.tree for s in spent}) == len(spent) == 8
    again = measured(run, edits, monkeypatch)
    assert again.contributions == found.contributions
    assert [t.sealed for t in again.by_type] == [t.sealed for t in found.by_type]
    assert run.seal.openings == 1
    fresh = [s for s in run.spending() if s.purpose == "credit" and not s.cached]
    assert len(fresh) == len(spent), "every set costs one evaluation, ever"


@needs_sandbox
def test_changes_that_need_others_bring_them_along(run: Run, monkeypatch):
    edits: list[Edit] = [
        ("a", "bug_fix", "first = 0", "first = 1"),
        ("b", "architecture", "# two", "bonus = 5"),
        ("c", "bug_fix", "first = 1", "first = 3"),
        ("d", "architecture", "print(first", "print(bonus + first"),
    ]
    found = measured(run, edits, monkeypatch)
    assert all(c.shapley is not None and c.difference is not None for c in found.contributions)
    known = {(d.change, d.needs, d.kind) for d in found.report.dependencies}
    assert known == {("c", ("a",), "text"), ("d", ("b",), "run")}
    # a brings 1 + max(1, 0), c lifts both to 3; b alone brings nothing, d its five.
    deltas = [round(c.shapley.delta, 9) for c in found.contributions if c.shapley]
    assert deltas == [2, 0, 4, 5]
    lost = {c.change: (c.difference.delta, c.note) for c in found.contributions if c.difference}
    assert lost["a"] == (6, "taken out with c, which needs it")
    assert lost["b"] == (5, "taken out with d, which needs it")
    assert {t.change_type: t.shapley.delta for t in found.by_type if t.shapley} == pytest.approx(
        {"bug_fix": 6, "architecture": 5}
    )
    assert (found.report.cost.method, found.report.cost.probes) == ("exact", 0)


@needs_sandbox
def test_a_budget_of_none_leaves_leave_one_out(run: Run, monkeypatch):
    monkeypatch.setattr(
        run, "target", run.target.model_copy(update={
            "budget": run.target.budget.model_copy(update={"credit": 0})
        }),
    )  # fmt: skip
    edits: list[Edit] = [
        ("a", "bug_fix", "first = 0", "first = 1"),
        ("b", "bug_fix", "second = 0", "second = 4"),
        ("c", "bug_fix", "third = 0", "third = 1"),
    ]
    found = measured(run, edits, monkeypatch)
    assert found.report.cost.method == "none"
    assert "too few for Shapley values" in found.report.note
    assert [c.shapley for c in found.contributions] == [None] * 3
    assert [c.difference.delta for c in found.contributions if c.difference] == [1, 4, 1]
