"""Trades: a slice that pays for the gain is seen, noise and small costs are not."""

from __future__ import annotations

from functools import partial

from tasks.records import Evaluation, ItemScore
from tasks.validate import compare, traded

GROUPS = 6
SLICES = {
    f"{g}-{n}": {"kind": "odd" if n % 2 else "even"} for g in range(GROUPS) for n in range(40)
}
DIFFERENCE = partial(compare, sign=1)


def scores(odd: float, even: float) -> Evaluation:
    items = tuple(
        ItemScore(
            item=f"{g}-{n}",
            group=str(g),
            score=(odd if n % 2 else even) + 0.01 * ((g * 7 + n * 3) % 5),
        )
        for g in range(GROUPS)
        for n in range(40)
    )
    return Evaluation(tree="t", split="dev", seed=0, items=items)


def paid(odd: float, even: float, tolerance: float = 0.25) -> str:
    return traded(scores(odd, even), scores(0.2, 0.2), SLICES, ["kind"], tolerance, DIFFERENCE)


def test_giving_up_one_kind_for_another_is_a_trade() -> None:
    assert paid(0.0, 0.9).startswith("kind odd pays")


def test_a_cost_within_the_tolerance_is_none() -> None:
    assert paid(0.18, 0.9) == ""


def test_a_gain_everywhere_is_none() -> None:
    assert paid(0.3, 0.9) == ""


def test_the_owner_may_allow_any_trade() -> None:
    assert paid(0.0, 0.9, tolerance=1.0) == ""


def test_undeclared_dimensions_do_not_speak() -> None:
    assert traded(scores(0, 0.9), scores(0.2, 0.2), SLICES, [], 0.25, DIFFERENCE) == ""
