"""Which of several edits that make every visible test pass comes first."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from stages import confirming
from stages.confirming import confirmed_first, is_asked
from stages.ordering import in_order
from stages.partial import LONGEST_WAIT, may_wait
from stages.suites import rivals_of
from tasks.records.candidate import Candidate
from tasks.records.change import Proposal
from tasks.records.score import Evaluation, ItemScore

NAMES = [f"t{number}" for number in range(40)]
ASKED = [name for name in NAMES if is_asked(name)]
SILENT = [name for name in NAMES if not is_asked(name)]
DIFF = "--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a < b\n+a <= b\n"


def candidate(name: str, priority: float, diff: str = DIFF, researcher: str = "r") -> Candidate:
    proposal = Proposal(
        id=name, title=name, rationale="", change_type="bug_fix", base="b", edits=(),
        source="s", researcher=researcher, priority=priority,
    )  # fmt: skip
    return Candidate(
        id=name, proposal=proposal, parent="b", commit=name, tree=name, branch=name, diff=diff,
        files=("x.py",),
    )  # fmt: skip


def evaluation(failing: set[str]) -> Evaluation:
    items = tuple(
        ItemScore(item=name, group=name, score=float(name not in failing)) for name in NAMES
    )
    return Evaluation(tree="t", split="sealed", seed=0, items=items)


SOLVED = evaluation(set())


@pytest.fixture
def held_out(monkeypatch: pytest.MonkeyPatch) -> dict[str, Evaluation]:
    """What the held-out tests say of each commit."""
    said: dict[str, Evaluation] = {}
    monkeypatch.setattr(confirming, "open_sealed", lambda run, commit, purpose: said[commit])
    monkeypatch.setattr(confirming, "open_rivals", lambda run, commits: [said[c] for c in commits])
    return said


def run_with(
    left: int = 5, used: int = 0, seen: tuple[str, ...] = (), rounds: int = 1, vetoed: int = 0
) -> Any:
    looks = [SimpleNamespace(shows=lambda tree: tree in seen)]
    return cast(
        Any,
        SimpleNamespace(
            suite=object(),
            workspace=SimpleNamespace(tree_of=lambda commit: commit),
            seal=SimpleNamespace(left=lambda: left, log=lambda: looks),
            remaining=lambda: 300 - used,
            used=lambda: used,
            elapsed=lambda: 0.0,
            experiments=300,
            minutes=30,
            round=rounds,
            ledger=SimpleNamespace(rounds=lambda stage: range(1, rounds)),
            stored=lambda stage, round_, kind: SimpleNamespace(
                waiting=("a",), contradicted=round_ <= vetoed
            ),
        ),
    )


def first(run: Any, *candidates: Candidate) -> list[str]:
    scores = {c.id: SOLVED for c in candidates}
    return [c.id for c in confirmed_first(run, "base", "base", candidates, scores)]


def test_what_mends_a_held_out_test_comes_before_what_mends_none(
    held_out: dict[str, Evaluation],
) -> None:
    held_out |= {"base": evaluation({ASKED[0]}), "a": evaluation({ASKED[0]}), "b": SOLVED}
    assert first(run_with(), candidate("a", 2.0), candidate("b", 1.0)) == ["b", "a"]


def test_what_breaks_a_held_out_test_comes_last(held_out: dict[str, Evaluation]) -> None:
    held_out |= {"base": evaluation({ASKED[0]}), "a": evaluation({ASKED[1]}), "b": SOLVED}
    held_out["c"] = evaluation({ASKED[0]})
    three = [candidate(name, 1.0) for name in "abc"]
    assert first(run_with(), *three) == ["b", "c", "a"]


def test_the_other_half_of_the_held_out_tests_chooses_nothing(
    held_out: dict[str, Evaluation],
) -> None:
    held_out |= {"base": evaluation({SILENT[0]}), "a": evaluation({SILENT[0], SILENT[1]})}
    held_out["b"] = SOLVED
    assert first(run_with(), candidate("a", 2.0), candidate("b", 1.0)) == ["a", "b"]


def test_without_an_opening_left_nothing_is_asked(held_out: dict[str, Evaluation]) -> None:
    held_out |= {"base": evaluation({ASKED[0]}), "a": evaluation({ASKED[0]}), "b": SOLVED}
    two = candidate("a", 2.0), candidate("b", 1.0)
    assert first(run_with(left=0), *two) == ["a", "b"]
    assert first(run_with(left=0, seen=("a", "b")), *two) == ["b", "a"]


def test_of_equal_gains_one_researchers_hope_decides_not_the_size() -> None:
    small, large = candidate("small", 1.0), candidate("large", 2.0, DIFF + "+log(a, b, c)\n")
    scores = {"small": SOLVED, "large": SOLVED}
    run = run_with()
    assert [c.id for c in in_order(run, [small, large], scores)] == ["large", "small"]
    other = candidate("other", 9.0, DIFF + "+log(a, b, c)\n", "another")
    ordered = in_order(run, [small, other], {**scores, "other": SOLVED})
    assert [c.id for c in ordered] == ["small", "other"]


@pytest.mark.parametrize(
    ("left", "used", "waits"), [(5, 0, True), (2, 0, False), (5, 100, False), (5, 290, False)]
)
def test_an_unconfirmed_mend_waits_while_there_is_enough_left(
    left: int, used: int, waits: bool
) -> None:
    assert may_wait(run_with(left=left, used=used)) is waits


def test_nothing_waits_for_ever() -> None:
    assert may_wait(run_with(rounds=LONGEST_WAIT))
    assert not may_wait(run_with(rounds=LONGEST_WAIT + 1))


@pytest.mark.parametrize(("vetoed", "rivals"), [(0, 4), (1, 8), (2, 16), (9, 32)])
def test_after_each_veto_more_rivals_are_looked_at_together(vetoed: int, rivals: int) -> None:
    assert rivals_of(run_with(rounds=12, vetoed=vetoed)) == rivals
