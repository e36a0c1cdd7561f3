"""Rulings are recorded for every proposal, and credit goes by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from stages.rulings import record_rulings, ruling_of, rulings
from stages.run import Run
from tasks.records.change import FileEdit, FineType, Proposal
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
