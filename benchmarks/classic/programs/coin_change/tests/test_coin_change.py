import pytest
from coin_change import count_ways, fewest_coins, greedy, is_greedy_enough, pay

EURO = [1, 2, 5, 10, 20, 50]


@pytest.mark.parametrize(
    ("coins", "amount", "expected"),
    [
        (EURO, 0, []),
        (EURO, 38, [1, 2, 5, 10, 20]),
        ([1, 3, 4], 6, [3, 3]),
        ([5, 10], 3, None),
    ],
)
def test_fewest_coins(coins, amount, expected):
    assert fewest_coins(coins, amount) == expected


def test_count_ways():
    assert count_ways([1, 2, 5], 5) == 4


def test_count_ways_of_nothing():
    assert count_ways([1, 2], 0) == 1


def test_count_ways_without_a_way():
    assert count_ways([4], 6) == 0


def test_greedy():
    assert greedy([1, 3, 4], 6) == [4, 1, 1]


def test_greedy_may_fail():
    assert greedy([3, 5], 6) is None


@pytest.mark.parametrize(("coins", "enough"), [(EURO, True), ([1, 3, 4], False)])
def test_is_greedy_enough(coins, enough):
    assert is_greedy_enough(coins, 40) is enough


def test_pay():
    assert pay({10: 1, 5: 3, 1: 4}, 21) == {10: 1, 5: 2, 1: 1}


def test_pay_takes_back_a_choice():
    assert pay({5: 1, 2: 3}, 6) == {2: 3}


def test_pay_without_change():
    assert pay({5: 1}, 7) is None
