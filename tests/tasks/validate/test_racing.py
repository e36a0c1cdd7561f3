"""Racing: how groups are dealt into looks, and who is stopped."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tasks.records.score import ItemScore
from tasks.validate import looks, should_stop

SIZES = st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 300), min_size=1)


def scores(values: list[float], groups: int = 2) -> list[ItemScore]:
    return [ItemScore(item=f"i{n}", group=str(n % groups), score=v) for n, v in enumerate(values)]


@given(SIZES, st.integers(0, 5))
def test_every_group_is_dealt_once_and_no_look_has_one_group_only(
    sizes: dict[str, int], seed: int
) -> None:
    batches = looks(sizes, seed)
    assert sorted(g for batch in batches for g in batch) == sorted(sizes)
    assert len(batches) == (3 if len(sizes) >= 6 else 2 if len(sizes) >= 4 else 1)
    assert all(len(batch) >= 2 for batch in batches) or len(sizes) < 2
    assert looks(dict(reversed(sizes.items())), seed) == batches


def test_the_first_look_is_the_cheapest() -> None:
    assert looks({"a": 9, "b": 5, "c": 7, "d": 6, "e": 8, "f": 4}, 0)[0] == ("f", "b")


def test_a_clear_loser_is_stopped_with_its_figures() -> None:
    random = np.random.default_rng(0)
    worse = scores(list(random.normal(-0.3, 0.2, 60)))
    stop = should_stop(worse, scores([0.0] * 60), 1, 0, 3)
    assert stop.stop
    assert "clearly worse after look 1 of 3" in stop.reason
    assert not should_stop(worse, scores([0.0] * 60), -1, 0, 3).stop
    assert not should_stop(worse, scores([0.0] * 60), 1, 2, 3).stop


def test_a_candidate_that_changes_nothing_on_many_items_is_stopped() -> None:
    idle = [0.5] * 100
    assert should_stop(scores(idle), scores(idle), 1, 0, 3).reason.startswith("no score changed")
    assert not should_stop(scores(idle[:99]), scores(idle[:99]), 1, 0, 3).stop
    moved = [*idle[:99], 0.6]
    assert not should_stop(scores(moved), scores(idle), 1, 0, 3).stop


def test_few_items_call_no_loser() -> None:
    worse = scores([-0.5, -0.6] * 14)
    assert not should_stop(worse, scores([0.0] * 28), 1, 0, 2).stop
