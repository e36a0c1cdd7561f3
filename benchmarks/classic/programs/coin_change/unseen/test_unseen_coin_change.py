import itertools
import random

import pytest
from coin_change import count_ways, fewest_coins, greedy, is_greedy_enough, pay


def all_ways(coins, amount):
    """Every multiset of distinct coins that makes the amount, as ascending tuples."""
    found = set()

    def extend(chosen, left):
        if left == 0:
            found.add(chosen)
        for coin in coins:
            if coin <= left and (not chosen or coin >= chosen[-1]):
                extend((*chosen, coin), left - coin)

    extend((), amount)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_agrees_with_all_ways(seed):
    draw = random.Random(seed)
    coins = draw.sample(range(1, 10), 3)
    for amount in range(19):
        ways = all_ways(coins, amount)
        assert count_ways(coins, amount) == len(ways)
        best = fewest_coins(coins, amount)
        if not ways:
            assert best is None
        else:
            assert tuple(best) in ways
            assert len(best) == min(map(len, ways))
        simple = greedy(coins, amount)
        if simple is not None:
            assert sum(simple) == amount
            assert simple == sorted(simple, reverse=True)


@pytest.mark.parametrize("seed", range(8))
def test_greedy_is_judged_by_all_amounts(seed):
    draw = random.Random(seed)
    coins = sorted({1, *draw.sample(range(2, 9), 2)})
    limit = draw.randint(0, 16)
    amounts = range(limit + 1)
    expected = all(len(greedy(coins, a)) == len(fewest_coins(coins, a)) for a in amounts)
    assert is_greedy_enough(coins, limit) is expected


def test_greedy_fails_at_the_limit():
    assert is_greedy_enough([1, 3, 4], 5)
    assert not is_greedy_enough([1, 3, 4], 6)
    assert not is_greedy_enough([3, 5], 6)
    assert is_greedy_enough([3, 5], 5)
    assert is_greedy_enough([7], 20)


@pytest.mark.parametrize("seed", range(6))
def test_pay_by_all_choices(seed):
    draw = random.Random(seed)
    till = {coin: draw.randint(0, 3) for coin in draw.sample(range(1, 12), 3)}
    order = sorted(till, reverse=True)
    before = dict(till)
    for due in range(30):
        choices = itertools.product(*(range(till[coin], -1, -1) for coin in order))
        fitting = (c for c in choices if sum(n * v for n, v in zip(c, order, strict=True)) == due)
        first = next(fitting, None)
        expected = None
        if first is not None:
            expected = {coin: times for coin, times in zip(order, first, strict=True) if times}
        assert pay(till, due) == expected
    assert till == before


def test_larger_coins_are_preferred_on_a_tie():
    assert fewest_coins([1, 4, 5, 8], 9) == [1, 8]
    assert fewest_coins([8, 5, 4, 1], 9) == [1, 8]


def test_duplicate_coins_count_once():
    assert count_ways([2, 2], 4) == 1
    assert fewest_coins([2, 2], 4) == [2, 2]


def test_no_coins():
    assert fewest_coins([], 0) == []
    assert fewest_coins([], 1) is None
    assert count_ways([], 1) == 0
    assert greedy([], 0) == []
    assert pay({}, 0) == {}
    assert pay({}, 1) is None


def test_coin_larger_than_the_amount():
    assert fewest_coins([7], 3) is None
    assert fewest_coins([3, 7], 3) == [3]
    assert greedy([7], 7) == [7]
