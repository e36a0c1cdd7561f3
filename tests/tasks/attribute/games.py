"""Games with known answers, and what the tests of credit share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from tasks.attribute import Coalition, Credited, Game, Plan, Player, Precedence, members
from tasks.attribute.rules import Weights
from tasks.records.change import FineType
from tasks.records.score import Difference, Evaluation, ItemScore
from tasks.validate import compare

LARGER = partial(compare, sign=1)
Worth = Callable[[frozenset[int]], float]


def scored(values: Sequence[float], name: str = "") -> Evaluation:
    """Items in three groups with these scores."""
    items = [ItemScore(item=f"i{n}", group=f"g{n % 3}", score=v) for n, v in enumerate(values)]
    return Evaluation(tree=name, split="dev", seed=0, items=tuple(items))


def alike(value: float) -> Evaluation:
    """Nine items that differ, with a mean that is `value` more than that of zero."""
    return scored([value + n / 100 for n in range(9)], f"{value}")


def game_of(
    worth: Worth, order: Precedence, compare: Callable[..., Difference] = LARGER
) -> tuple[Game, tuple[Coalition, ...]]:
    """The whole game, and its feasible sets."""
    sets = order.feasible_sets(1 << order.size)
    assert sets is not None
    return Game(order, {c: alike(worth(frozenset(members(c)))) for c in sets}, compare), sets


def credited(worth: Worth, order: Precedence, kinds: Sequence[FineType] | None = None) -> Credited:
    """Exact credit of a game."""
    game, sets = game_of(worth, order)
    types = kinds or ["bug_fix"] * order.size
    players = [Player(f"c{n}", kind, "mind", kind) for n, kind in enumerate(types)]
    return Credited(players, game, Plan(sets, sets=sets))


def deltas(found: Sequence[Difference | None]) -> list[float]:
    """The figures, none of which may be missing."""
    made = [d.delta for d in found if d is not None]
    assert len(made) == len(found)
    return made


def value(figure: Weights, worths: Mapping[Coalition, float]) -> float:
    """A figure in a game of plain numbers."""
    return sum(weight * worths[coalition] for coalition, weight in figure.items())


def random_worths(sets: Sequence[Coalition], seed: int) -> dict[Coalition, float]:
    """A game without any structure; the empty set is worth nothing."""
    draw = np.random.default_rng(seed)
    return {c: float(draw.normal()) if c else 0.0 for c in sets}
