"""The rank of the right mend: found by what the file says, among all edits of a small program."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.draft_rank import Rank, observed, rank, shares
from benchmarks.injection.case import HEALTHY, Case, Fault
from benchmarks.repair import TOYS
from tasks.records.dossier import Dossier, MetricCard
from tasks.records.evidence import CodeMap, FailureReport, FlowTrace

RIGHT = "def larger(a, b):\n    if a > b:\n        return a\n    return b\n"
WRONG = RIGHT.replace("a > b", "a < b")


def _case(folder: Path, *faults: tuple[int, str, str]) -> Case:
    case = Case(
        id="case", substrate="small", substrate_kind="test", half="development",
        faults=tuple(
            Fault(kind="k", source="s", file="job.py", line=n, before=b, after=a)
            for n, b, a in faults
        ),
        test_files=(), visible=(), unseen=(), failing_visible=("t",), failing_unseen=(), seconds=1,
    )  # fmt: skip
    return case.model_copy(update={"folder": folder / "case"})


def _dossier(root: Path, text: str) -> Dossier:
    root.mkdir(parents=True)
    (root / "job.py").write_text(text, encoding="utf-8")
    return Dossier(
        root=root, base="base", editable=("**",), protected=(),
        metric=MetricCard(name="tests", kind="pytest", direction="maximize", unit="", notes=""),
        code_map=CodeMap(modules=(), functions=()), trace=FlowTrace(flows=()),
        failures=FailureReport(slices=()),
    )  # fmt: skip


def _healthy(folder: Path) -> None:
    (folder / HEALTHY / "small").mkdir(parents=True)
    (folder / HEALTHY / "small" / "job.py").write_text(RIGHT, encoding="utf-8")


def test_the_right_mend_has_a_rank(tmp_path: Path) -> None:
    _healthy(tmp_path)
    case = _case(tmp_path, (2, "    if a > b:", "    if a < b:"))
    found = rank(case, _dossier(tmp_path / "case" / "repository", WRONG), 300)
    assert 1 <= found.rank <= found.drafts <= 300
    assert "a < b" in found.title


def test_of_two_faults_the_first_that_is_mended_counts(tmp_path: Path) -> None:
    both = WRONG.replace("    return b", "    return a")
    faults = (2, "    if a > b:", "    if a < b:"), (4, "    return b", "    return a")
    found = rank(_case(tmp_path, *faults), _dossier(tmp_path / "r", both), 300)
    assert found.rank
    assert "a < b" in found.title or "return a" in found.title


def test_what_no_operator_writes_has_no_rank(tmp_path: Path) -> None:
    _healthy(tmp_path)
    case = _case(tmp_path, (1, RIGHT.rstrip("\n"), "def larger(a, b):\n    pass"))
    found = rank(case, _dossier(tmp_path / "r", "def larger(a, b):\n    pass\n"), 50)
    assert found.rank == 0
    assert found.title == ""


@pytest.mark.slow
def test_what_was_observed_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHETSTONE_HOME", "")
    tmp_path.chmod(0o755)
    case = _case(tmp_path, (1, "", ""))
    case = case.model_copy(update={"id": "stack", "folder": TOYS / "stack"})
    seen = observed(case, tmp_path)
    assert seen.trace.coverage
    assert observed(case, tmp_path).samples == seen.samples
    assert [path.name for path in tmp_path.glob("*.pickle")] == ["stack.pickle"]


def test_shares_count_what_comes_early() -> None:
    ranks = [Rank("a", "k", 9, 3, "t", 0.1), Rank("b", "k", 9, 41, "t", 0.1)]
    assert shares(ranks) == (
        "2 cases: 2 drafted, 1 within 15, 1 within 40, 2 within 300, median rank 22"
    )
    lost = [*ranks, *[Rank("c", "k", 9, 0, "", 0.1)] * 3]
    assert shares(lost).endswith("median never drafted")
