"""Which of the edits that pass in rehearsal are right, told from the verdicts of the judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import passers
from benchmarks.injection.case import Case, Fault
from benchmarks.injection.judge import Judgement
from benchmarks.passers import Order, order, shares
from tasks.records.dossier import Dossier, MetricCard, Sample
from tasks.records.evidence import CodeMap, FailureReport, FlowTrace

JOB = "def larger(a, b):\n    if a < b:\n        return a\n    return b\n"
TESTS = "from job import larger\n\n\ndef test_larger():\n    assert larger(1, 2) == 2\n"


def _case(folder: Path) -> Case:
    return Case(
        id="case", substrate="small", substrate_kind="test", half="development",
        faults=(Fault(kind="k", source="s", file="job.py", line=2, before="", after=""),),
        test_files=(), visible=(), unseen=(), failing_visible=("t",), failing_unseen=(), seconds=1,
    ).model_copy(update={"folder": folder})  # fmt: skip


def _dossier(root: Path) -> Dossier:
    root.mkdir(parents=True)
    (root / "job.py").write_text(JOB, encoding="utf-8")
    (root / "test_job.py").write_text(TESTS, encoding="utf-8")
    failed = Sample(
        item="test_job::test_larger", group="g", question="", gold="",
        prediction="failed: AssertionError", score=0.0,
    )  # fmt: skip
    return Dossier(
        root=root, base="base", editable=("**",), protected=("test_job.py",),
        metric=MetricCard(name="tests", kind="pytest", direction="maximize", unit="", notes=""),
        code_map=CodeMap(modules=(), functions=()), samples=(failed,),
        trace=FlowTrace(flows=(), scores={failed.item: 0.0}), failures=FailureReport(slices=()),
    )  # fmt: skip


def test_passers_are_judged_until_one_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []

    def judge(case: Case, tree: Path) -> Judgement:
        judged.append((tree / "job.py").read_text(encoding="utf-8"))
        found = Judgement(case=case.id, verdict="right", failed_visible=(), failed_unseen=())
        return found if len(judged) == 3 else found.model_copy(update={"verdict": "plausible"})

    monkeypatch.setattr(passers, "judge", judge)
    told = order(_case(tmp_path), _dossier(tmp_path / "repository"), 300, 20)
    assert told.verdicts == ("plausible", "plausible", "right")
    assert (told.place, told.ends_right) == (3, False)
    assert len(set(judged)) == 3
    assert JOB not in judged


def test_shares_count_what_comes_first() -> None:
    orders = [
        Order("a", "k", 3, ("failed", "right"), "t"),
        Order("b", "k", 1, ("right",), "t"),
        Order("c", "k", 2, ("plausible", "right"), "t"),
        Order("d", "k", 0, (), ""),
    ]
    assert shares(orders) == (
        "4 cases: 3 with a passer, 3 with a right one, 1 with a right one first; the first "
        "plausible one is right in 2"
    )
