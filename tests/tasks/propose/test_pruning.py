"""Wilcoxon pruning: a clear loser is stopped, an equal is not, a small look never."""

from __future__ import annotations

import numpy as np

from tasks.propose import wilcoxon
from tasks.records.score import ItemScore


def scores(values: np.ndarray) -> list[ItemScore]:
    return [ItemScore(item=f"i{n}", group=f"g{n % 4}", score=v) for n, v in enumerate(values)]


def drawn(shift: float, seed: int, n: int = 60) -> tuple[list[ItemScore], list[ItemScore]]:
    draw = np.random.default_rng(seed)
    old = draw.random(n)
    return scores(old + shift + draw.normal(0, 0.1, n)), scores(old)


def test_a_clear_loser_is_stopped_at_a_look_and_not_at_the_last() -> None:
    new, old = drawn(-0.1, 0)
    stopped = wilcoxon(new, old, 1, 0, 3)
    assert stopped.stop
    assert "Wilcoxon" in stopped.reason
    assert not wilcoxon(new, old, 1, 2, 3).stop
    assert not wilcoxon(new, old, -1, 0, 3).stop, "where smaller is better it wins"


def test_few_items_stop_nothing() -> None:
    new, old = drawn(-0.1, 0, n=20)
    assert not wilcoxon(new, old, 1, 0, 3).stop


def test_one_that_is_no_worse_is_seldom_stopped() -> None:
    stopped = sum(wilcoxon(*drawn(0.0, seed), 1, 0, 3).stop for seed in range(100))
    assert stopped <= 8


def test_an_idle_one_is_stopped() -> None:
    old = scores(np.linspace(0, 1, 120))
    assert "no score changed" in wilcoxon(old, old, 1, 0, 3).reason
