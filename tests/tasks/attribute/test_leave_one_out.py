"""Credit against games with known answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.attribute import Game, Value, leave_one_out, plan, roll_up
from tasks.errors import PredictError
from tasks.patch.workspace import Conflict
from tasks.records.change import ChangeType
from tasks.records.score import Evaluation, Interval, ItemScore
from tasks.validate import census, compare

TYPES: dict[str, ChangeType] = {
    "a": "bug_fix",
    "b": "architecture",
    "c": "bug_fix",
    "d": "prompt",
}
LARGER = partial(compare, sign=1)
SMALLER = partial(compare, sign=-1)


def scored(value: float) -> Evaluation:
    items = [ItemScore(item=f"i{n}", group=f"g{n % 3}", score=value + n / 100) for n in range(9)]
    return Evaluation(tree=f"{value}", split="dev", seed=0, items=tuple(items))


def play(
    worth: Callable[[frozenset[str]], float], types: Mapping[str, ChangeType] = TYPES
) -> tuple[Evaluation, dict[tuple[str, ...], Value]]:
    players = frozenset(types)
    values: dict[tuple[str, ...], Value] = {
        out: scored(worth(players - frozenset(out))) for out in plan(types)
    }
    return scored(worth(players)), values


def test_the_plan_has_every_change_and_every_type_with_several() -> None:
    assert plan(TYPES) == (("a",), ("b",), ("c",), ("d",), ("a", "c"))
    assert plan({}) == ()


@given(st.fixed_dictionaries({name: st.floats(-0.2, 0.2) for name in TYPES}))
def test_in_an_additive_game_everyone_gets_what_they_bring(gains: dict[str, float]) -> None:
    full, values = play(lambda present: sum(gains[p] for p in present))
    for credit in leave_one_out(full, TYPES, values, LARGER):
        assert credit.difference is not None
        assert credit.difference.delta == pytest.approx(gains[credit.change], abs=1e-9)
    by_type = {c.change_type: c for c in roll_up(full, TYPES, values, LARGER)}
    assert by_type["bug_fix"].changes == 2
    assert by_type["bug_fix"].difference is not None
    assert by_type["bug_fix"].difference.delta == pytest.approx(gains["a"] + gains["c"], abs=1e-9)


def test_redundant_changes_have_no_credit_alone_but_their_type_has() -> None:
    full, values = play(lambda present: 0.3 if present & {"a", "c"} else 0.0)
    credit = {c.change: c.difference for c in leave_one_out(full, TYPES, values, LARGER)}
    assert credit["a"] is not None
    assert credit["a"].delta == pytest.approx(0)
    fixes = roll_up(full, TYPES, values, LARGER)[0]
    assert fixes.difference is not None
    assert fixes.difference.delta == pytest.approx(0.3)


def test_changes_that_need_each_other_have_it_all_each() -> None:
    full, values = play(lambda present: 0.3 if present >= {"a", "b"} else 0.0)
    credit = {c.change: c.difference for c in leave_one_out(full, TYPES, values, LARGER)}
    assert [round(d.delta, 9) for d in credit.values() if d] == [0.3, 0.3, 0.0, 0.0]


def test_smaller_is_better_where_the_metric_says_so() -> None:
    full, values = play(lambda present: -0.1 * len(present))
    assert all(
        c.difference is not None and c.difference.delta == pytest.approx(0.1)
        for c in leave_one_out(full, TYPES, values, SMALLER)
    )


def test_what_does_not_stand_alone_says_why() -> None:
    full, values = play(lambda present: 0.1 * len(present))
    values["a",] = Conflict("abc", "both changed reader.py")
    values["b",] = PredictError("predict printed nonsense", "look at it")
    del values["c",]
    notes = {c.change: (c.difference, c.note) for c in leave_one_out(full, TYPES, values, LARGER)}
    assert notes["a"] == (None, "the other changes do not merge without it: both changed reader.py")
    assert notes["b"] == (
        None,
        "the other changes do not run without it: predict printed nonsense",
    )
    assert notes["c"] == (None, "not measured")
    assert notes["d"][0] is not None


def test_any_credit_rule_reads_the_game_by_subsets() -> None:
    full, values = play(lambda present: 0.1 * len(present))
    game = Game.leaving_out(full, TYPES, values, LARGER)
    assert game.value(["d", "c", "b", "a"]) is full
    assert game.value(["b", "d"]) == values["a", "c"]
    difference, note = game.worth(["c"], ["b", "c", "d"])
    assert difference is not None
    assert difference.delta == pytest.approx(0.1)
    assert (game.worth(["b"], ["b"]), note) == ((None, "not measured"), "")


def passing(*tests: str) -> Evaluation:
    items = [ItemScore(item=t, group=t, score=float(t in tests)) for t in "tuvwx"]
    return Evaluation(tree="".join(tests), split="dev", seed=0, items=tuple(items))


def test_credit_of_a_test_suite_is_counted() -> None:
    types: dict[str, ChangeType] = {"a": "bug_fix", "b": "bug_fix"}
    values: dict[tuple[str, ...], Value] = {
        ("a",): passing("v", "w", "x"),
        ("b",): passing("t", "u", "v"),
        ("a", "b"): passing("v"),
    }
    full = passing("t", "u", "v", "w", "x")
    counted = partial(census, sign=1)
    exact = Interval(low=0.4, high=0.4, level=1.0)
    for credit in leave_one_out(full, types, values, counted):
        assert credit.difference is not None
        assert (credit.difference.delta, credit.difference.interval) == (0.4, exact)
        assert (credit.difference.p_value, credit.difference.error) == (0.0, None)
    fixes = roll_up(full, types, values, counted)[0].difference
    assert fixes is not None
    assert fixes.interval == Interval(low=0.8, high=0.8, level=1.0)
    sampled = leave_one_out(full, types, values, LARGER)[0].difference
    assert sampled is not None
    assert not sampled.interval.exact
    assert sampled.interval.low < 0
