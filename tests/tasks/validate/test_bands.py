"""Bands over seeds, and the probability of superiority."""

from __future__ import annotations

import numpy as np
import pytest

from tasks.records.score import Evaluation, ItemScore
from tasks.validate import band, superiority
from tasks.validate.bands import MOST_POINTS


def test_step_curves_are_averaged_where_any_steps_and_keep_their_best() -> None:
    made = band([[(0, 1.0), (2, 3.0)], [(0, 1.0), (1, 2.0)], [(0, 1.0), (4, 7.0)]])
    assert [(b.x, b.mean) for b in made] == [(0, 1.0), (1, 4 / 3), (2, 2.0), (4, 4.0)]
    last = made[-1].interval
    assert last is not None
    assert last.high - 4.0 == pytest.approx(4.3027 * np.std([3, 2, 7], ddof=1) / 3**0.5, rel=1e-3)


def test_two_seeds_give_no_interval_and_many_points_are_thinned() -> None:
    assert band([[(0, 1.0)], [(0, 2.0)]])[0].interval is None
    many = band([[(float(x), float(x)) for x in range(500)]])
    assert len(many) == MOST_POINTS
    assert (many[0].x, many[-1].x) == (0, 499)


def test_a_curve_without_a_point_is_an_error() -> None:
    with pytest.raises(ValueError, match="no point"):
        band([[(0, 1.0)], []])


def scored(values: list[float]) -> Evaluation:
    items = tuple(
        ItemScore(item=f"i{n}", group=f"g{n % 2}", score=value) for n, value in enumerate(values)
    )
    return Evaluation(tree="t", split="sealed", seed=0, items=items)


def test_superiority_counts_items_and_halves_ties() -> None:
    new, old = scored([2, 2, 1, 0]), scored([1, 1, 1, 1])
    assert superiority(new, old, 1).score == 0.625
    assert superiority(new, old, -1).score == 0.375
    counted = superiority(new, old, 1, sampled=False)
    assert counted.interval.exact
    wide = superiority(new, old, 1).interval
    assert 0 <= wide.low <= 0.625 <= wide.high <= 1


def test_superiority_is_half_without_a_difference() -> None:
    rng = np.random.default_rng(0)
    inside = 0
    for _ in range(60):
        new, old = scored(list(rng.random(40))), scored(list(rng.random(40)))
        bounds = superiority(new, old, 1).interval
        inside += bounds.low <= 0.5 <= bounds.high
    assert inside >= 54
