"""Raced trials: telling items first, the select part last, and only for what gained before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from tasks.errors import PredictError
from tasks.records.score import Evaluation, ItemScore
from tasks.test import Race, WorkItem, Workload
from tasks.validate import compare

GROUPS = tuple(f"g{n}" for n in range(6))
ITEMS = tuple(
    WorkItem(f"{group}-{n:02d}", group, {"kind": "even" if n % 2 == 0 else "odd"})
    for group in GROUPS
    for n in range(30)
)
WORKLOAD = Workload(ITEMS, GROUPS, (), "d").divided(1 / 3, 0, ())
Score = Callable[[WorkItem], float]


@dataclass
class Told:
    """An evaluator that knows the score of every item, and notes what it is asked."""

    score: Score
    workload: Workload = WORKLOAD
    asked: list[list[str]] = field(default_factory=list)

    def evaluate(self, commit: str, *, items: Sequence[WorkItem], **_: Any) -> Evaluation:
        self.asked.append([item.id for item in items])
        return scored(items, self.score)


def scored(items: Sequence[WorkItem], score: Score) -> Evaluation:
    made = tuple(ItemScore(item=i.id, group=i.group, score=score(i)) for i in items)
    return Evaluation(tree="t", split="dev", seed=0, items=made)


def race(told: Told, *, in_one_look: bool = False) -> Race:
    return Race(
        evaluator=cast(Any, told), reference=scored(ITEMS, lambda _: 0.5), sign=1, seed=0,
        difference=lambda new, old: compare(new, old, 1), in_one_look=in_one_look,
    )  # fmt: skip


def test_the_parts_hold_all_kinds_of_all_groups() -> None:
    chosen = [item for item in ITEMS if item.id in WORKLOAD.select]
    assert len(chosen) == 60
    for group in GROUPS:
        kinds = [item.slices["kind"] for item in chosen if item.group == group]
        assert len(kinds) == 10
        assert kinds.count("even") == 5


def test_what_gains_is_run_on_what_the_search_sees_and_then_on_the_rest() -> None:
    told = Told(lambda item: 0.6)
    trial = race(told).run("c", "commit", [])
    assert (trial.state, trial.share) == ("complete", 1.0)
    assert [len(asked) for asked in told.asked] == [60, 120, 180]
    assert not WORKLOAD.select & set(told.asked[1])
    assert trial.difference is not None
    assert trial.difference.delta == pytest.approx(0.1)


def test_what_gains_nothing_there_is_not_run_on_the_rest() -> None:
    changed = {"g0-00": 1.0, "g3-02": 0.0, "g5-09": 0.0}
    told = Told(lambda item: changed.get(item.id, 0.5) if item.id not in WORKLOAD.select else 1.0)
    trial = race(told).run("c", "commit", [])
    assert trial.state == "unpromising"
    assert "no gain on the items that the search sees" in trial.error
    assert not WORKLOAD.select & set(told.asked[-1])
    assert trial.share == pytest.approx(2 / 3)
    assert trial.difference is not None
    assert trial.difference.n == 120


def test_a_clear_loser_is_stopped_at_the_first_look() -> None:
    told = Told(lambda item: 0.1 if item.id[-1] in "02468" else 0.4)
    trial = race(told).run("c", "commit", [])
    assert (trial.state, len(told.asked)) == ("raced_out", 1)
    assert trial.share == pytest.approx(60 / 180)


def test_telling_items_come_first_where_they_are_enough_and_not_most() -> None:
    seen = [item for item in ITEMS if item.id not in WORKLOAD.select]
    odd = {item.id for item in seen if item.slices["kind"] == "odd"}
    told = Told(lambda item: 0.6)
    race(told).run("c", "commit", [], first=odd)
    assert set(told.asked[0]) == odd
    assert [len(asked) for asked in told.asked] == [60, 90, 120, 180]
    for few in (set(list(odd)[:20]), {item.id for item in seen}, {i for i in odd if i < "g1"}):
        told = Told(lambda item: 0.6)
        race(told).run("c", "commit", [], first=few)
        assert [len(asked) for asked in told.asked] == [60, 120, 180]


def test_without_a_select_part_there_are_three_looks() -> None:
    told = Told(lambda item: 0.6, workload=Workload(ITEMS, GROUPS, (), "d"))
    assert race(told).run("c", "commit", []).state == "complete"
    assert [len(asked) for asked in told.asked] == [60, 120, 180]
    assert len({item.rpartition("-")[0] for item in told.asked[0]}) == 2


def test_where_looks_cost_more_than_they_save_all_is_run_at_once() -> None:
    told = Told(lambda item: 0.4)
    assert race(told, in_one_look=True).run("c", "commit", []).state == "complete"
    assert [len(asked) for asked in told.asked] == [180]


def test_a_crash_is_the_trial_s_outcome() -> None:
    def broken(item: WorkItem) -> float:
        raise PredictError("it broke", "mend it")

    trial = race(Told(broken)).run("c", "commit", [])
    assert (trial.state, trial.error, trial.share) == ("crashed", "it broke", 0.0)
