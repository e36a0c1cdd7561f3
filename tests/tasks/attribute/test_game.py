"""Intervals of credit: from items, from draws of orders, and from both."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from tasks.attribute import Credited, Game, Plan, Player, Precedence
from tasks.attribute.extensions import Draw
from tasks.attribute.rules import step
from tasks.records.score import Evaluation, Interval, ItemScore
from tasks.validate import census, compare, widened
from tests.tasks.attribute.games import LARGER, alike, scored


def test_a_single_draw_is_the_runs_own_difference():
    new, old = scored([0.9, 0.5, 0.4, 0.8, 0.1, 0.3]), scored([0.1, 0.5, 0.2, 0.2, 0.1, 0.4])
    game = Game(Precedence.free(1), {1: new, 0: old}, LARGER)
    assert game.estimate([step(1, 0)]) == LARGER(new, old)
    smaller = Game(Precedence.free(1), {1: new, 0: old}, partial(compare, sign=-1))
    found = smaller.estimate([step(1, 0)])
    assert found is not None
    assert found.delta < 0
    assert game.estimate([step(1, 0)], items=["i0"]) is None
    assert game.estimate([]) is None
    assert game.estimate([{2: 1.0}]) is None


def passing(*tests: str) -> Evaluation:
    items = [ItemScore(item=t, group=t, score=float(t in tests)) for t in "tuvwx"]
    return Evaluation(tree="".join(tests), split="dev", seed=0, items=tuple(items))


def test_credit_of_a_test_suite_is_counted():
    values = {
        0: passing("v"),
        1: passing("t", "u", "v"),
        2: passing("v", "w", "x"),
        3: passing("t", "u", "v", "w", "x"),
    }
    order = Precedence.free(2)
    sets = order.feasible_sets(4)
    assert sets is not None
    players = [Player(name, "bug_fix", "mind", "bug_fix") for name in "ab"]
    found = Credited(players, Game(order, values, partial(census, sign=1)), Plan(sets, sets=sets))
    for entry in found.contributions():
        assert entry.shapley is not None
        assert entry.shapley.delta == pytest.approx(0.4)
        assert entry.shapley.interval.exact
        assert (entry.shapley.p_value, entry.shapley.error) == (0.0, None)
        assert entry.shapley == entry.difference


def test_draws_that_disagree_widen_the_interval_and_a_count_is_then_no_count():
    values = {0: alike(0.0), 1: alike(0.1), 2: alike(0.3), 3: alike(0.6)}
    game = Game(Precedence.free(2), values, partial(census, sign=1))
    found = game.estimate([step(1, 0), step(3, 2)])
    assert found is not None
    assert found.delta == pytest.approx(0.2)
    # Two draws, .1 and .3: a standard error of .1 on one degree of freedom.
    assert found.interval.high - found.delta == pytest.approx(12.706 * 0.1, abs=1e-3)
    assert found.interval.level == 0.95
    pooled = game.estimate([step(1, 0), step(3, 2)], common=0.02)
    assert pooled is not None
    assert pooled.interval.high - pooled.delta == pytest.approx(3.182 * 0.1, abs=1e-3)


def test_errors_add_up_by_satterthwaite():
    new = scored(list(np.linspace(0, 1, 30)))
    plain = LARGER(new, scored([0.2] * 30))
    assert plain.error is not None
    assert widened(plain, 0.0, 1.0) == plain
    more = widened(plain, plain.error.clustered**2, plain.error.degrees)
    assert more.error is not None
    assert more.error.clustered == pytest.approx(2**0.5 * plain.error.clustered)
    assert more.error.degrees == pytest.approx(2 * plain.error.degrees)
    assert widened(plain, 4e-3, 1.0).interval.low < plain.interval.low
    one_group = compare(new.among({"i0", "i3"}), scored([0.0] * 30).among({"i0", "i3"}), 1)
    assert one_group.error is None
    assert widened(one_group, 1e-12, 5.0).interval.high == pytest.approx(one_group.interval.high)


def test_sampled_intervals_cover_the_exact_value_at_their_level():
    """Of 8 changes with interactions of third order, two to six pairs of orders."""
    hits = tries = 0
    for seed in range(60):
        draw = np.random.default_rng(seed)
        worths = third_order(draw, 8)
        exact = Credited(PLAYERS, *exactly(worths)).contributions()
        for pairs in (2, 4):
            drawn = Draw(Precedence.free(8), seed)
            plan = Plan((), pairs=tuple(drawn.antithetic() for _ in range(pairs)))
            sampled = Credited(PLAYERS, exactly(worths)[0], plan).contributions()
            for one, other in zip(sampled, exact, strict=True):
                assert one.shapley is not None
                assert other.shapley is not None
                bounds: Interval = one.shapley.interval
                hits += bounds.low <= other.shapley.delta <= bounds.high
                tries += 1
    assert hits / tries > 0.93


PLAYERS = [Player(f"c{n}", "bug_fix", "mind", "bug_fix") for n in range(8)]


def third_order(draw: np.random.Generator, size: int) -> list[float]:
    """Gains, pairs and triples at random; the same on every item."""
    total = np.zeros(1 << size)
    for _ in range(40):
        bond = sum(1 << int(p) for p in draw.choice(size, draw.integers(1, 4), replace=False))
        total[[c for c in range(1 << size) if c & bond == bond]] += draw.normal()
    return [float(v) for v in total]


def exactly(worths: list[float]) -> tuple[Game, Plan]:
    order = Precedence.free(8)
    sets = order.feasible_sets(256)
    assert sets is not None
    values = {c: plain(worths[c]) for c in sets}
    return Game(order, values, partial(census, sign=1)), Plan(sets, sets=sets)


def plain(value: float) -> Evaluation:
    items = tuple(ItemScore.model_construct(item=str(i), group="g", score=value) for i in range(2))
    return Evaluation.model_construct(tree="", split="dev", seed=0, items=items)
