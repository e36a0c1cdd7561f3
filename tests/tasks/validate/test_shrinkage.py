"""Shrinkage: gains that only seen items show are told, and gains that all show are spared."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tasks.errors import StageError
from tasks.records.score import Evaluation, ItemScore
from tasks.validate import overfit
from tasks.validate.shrinkage import LEVEL, NOT_SHOWN, shrinkage


def moved(random: np.random.Generator, count: int, up: float) -> NDArray[np.float64]:
    """Differences of which a fifth is not zero, and this part of them upwards."""
    values = np.zeros(count)
    hit = random.random(count) < 0.2
    values[hit] = np.where(random.random(hit.sum()) < up, 1.0, -1.0)
    return values


def test_a_gain_that_is_alike_everywhere_is_rarely_refused() -> None:
    random = np.random.default_rng(0)
    refused = [
        shrinkage(moved(random, 400, 0.9), moved(random, 200, 0.9)).contradicts for _ in range(2000)
    ]
    assert 0 < np.mean(refused) < LEVEL + 3.1 * (LEVEL * (1 - LEVEL) / 2000) ** 0.5


def test_a_gain_on_seen_items_only_is_refused() -> None:
    random = np.random.default_rng(1)
    refused = [
        shrinkage(moved(random, 400, 0.9), moved(random, 200, 0.5)).contradicts for _ in range(500)
    ]
    assert np.mean(refused) > 0.95


def test_a_loss_on_unseen_items_is_refused_and_no_change_is_none() -> None:
    search = np.array([0.1, 0.0, -0.1, 0.1] * 10)
    assert shrinkage(search, np.array([0.0, -0.05] * 10)).contradicts
    assert not shrinkage(search, np.zeros(20)).contradicts
    assert not shrinkage(np.full(40, 0.2), np.full(20, 0.2)).contradicts
    assert not shrinkage(np.zeros(40), np.full(20, 0.2)).contradicts


def evaluation(*scores: float) -> Evaluation:
    items = tuple(ItemScore(item=str(n), group="g", score=s) for n, s in enumerate(scores))
    return Evaluation(tree="t", split="dev", seed=0, items=items)


def test_the_words_hold_both_gains_in_the_metric_s_direction() -> None:
    select = {str(n) for n in range(40, 60)}
    better = evaluation(*[0.2] * 40, *[0.9] * 20)
    base = evaluation(*[0.7] * 40, *[0.8] * 20)
    assert overfit(better, base, select, -1) == f"{NOT_SHOWN}: +0.5000 on 40 and -0.1000 on 20"
    assert overfit(base, evaluation(*[0.6] * 60), select, 1) == ""
    assert overfit(better, base, frozenset(), -1) == ""


def test_parts_that_do_not_match_are_an_error() -> None:
    select = {str(n) for n in range(40, 60)}
    with pytest.raises(StageError, match="lacks"):
        overfit(evaluation(*[0.5] * 50), evaluation(*[0.5] * 60), select, 1)
