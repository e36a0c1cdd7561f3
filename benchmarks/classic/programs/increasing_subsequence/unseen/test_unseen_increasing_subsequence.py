import itertools
import random

import pytest
from increasing_subsequence import best_trade, largest_sum, longest_increasing, longest_run


def increasing(values):
    return all(a < b for a, b in itertools.pairwise(values))


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_brute_force(seed):
    draw = random.Random(seed)
    values = [draw.randint(-9, 9) for _ in range(draw.randint(1, 9))]
    sizes = range(len(values) + 1)
    stretches = [values[i:j] for i in sizes for j in sizes if i < j]
    chosen = [c for n in sizes for c in itertools.combinations(values, n) if increasing(c)]
    chain = longest_increasing(values)
    assert tuple(chain) in chosen
    assert len(chain) == max(map(len, chosen))
    runs = [s for s in stretches if increasing(s)]
    assert longest_run(values) == max(runs, key=len)
    assert largest_sum(values) == max(map(sum, stretches))
    trades = [b - a for a, b in itertools.combinations(values, 2)]
    assert best_trade(values) == max([0, *trades])


def test_chain_ends_with_the_smallest_last_value():
    assert longest_increasing([1, 5, 2, 9, 3]) == [1, 2, 3]


def test_chain_is_not_made_of_later_tails():
    assert longest_increasing([3, 4, 1]) == [3, 4]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([1], [1]),
        ([2, 1], [2]),
        ([1, 1, 2], [1, 2]),
        ([1, 2, 3], [1, 2, 3]),
        ([3, 1, 4, 5], [1, 4, 5]),
    ],
)
def test_runs_at_the_edges(values, expected):
    assert longest_run(values) == expected


@pytest.mark.parametrize(
    ("values", "expected"), [([0], 0), ([5, -9, 6], 6), ([5, -4, 6], 7), ([-1, 0], 0), ([1, 2], 3)]
)
def test_sums(values, expected):
    assert largest_sum(values) == expected


@pytest.mark.parametrize(
    ("prices", "gain"), [([5], 0), ([1, 2], 1), ([0, 3], 3), ([4, 9, 0, 3], 5), ([2, 4, 1, 7], 6)]
)
def test_trades(prices, gain):
    assert best_trade(prices) == gain
