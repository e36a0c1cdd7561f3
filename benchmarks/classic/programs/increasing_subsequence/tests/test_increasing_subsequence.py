import pytest
from increasing_subsequence import best_trade, largest_sum, longest_increasing, longest_run


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([5], [5]),
        ([3, 1, 2], [1, 2]),
        ([10, 9, 2, 5, 3, 7, 101, 18], [2, 3, 7, 18]),
    ],
)
def test_longest_increasing(values, expected):
    assert longest_increasing(values) == expected


def test_equal_values_do_not_increase():
    assert longest_increasing([2, 2, 2]) == [2]


def test_longest_run():
    assert longest_run([5, 1, 2, 3, 0, 1]) == [1, 2, 3]


def test_first_of_equal_runs():
    assert longest_run([1, 2, 0, 5]) == [1, 2]


def test_largest_sum():
    assert largest_sum([-2, 1, -3, 4, -1, 2, 1, -5, 4]) == 6


def test_largest_sum_of_negative_values():
    assert largest_sum([-3, -1, -2]) == -1


def test_largest_sum_of_nothing():
    with pytest.raises(ValueError):
        largest_sum([])


@pytest.mark.parametrize(("prices", "gain"), [([7, 1, 5, 3, 6, 4], 5), ([7, 6, 4], 0), ([], 0)])
def test_best_trade(prices, gain):
    assert best_trade(prices) == gain
