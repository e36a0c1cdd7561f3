import itertools
import random

import pytest
from knapsack import Item, best_items, best_value, best_value_repeated, fractional_value


def random_items(seed, count=7):
    draw = random.Random(seed)
    return [Item(f"i{n}", draw.randint(1, 6), draw.randint(1, 20)) for n in range(count)]


def subsets(items):
    for size in range(len(items) + 1):
        yield from itertools.combinations(items, size)


def weight(items):
    return sum(i.weight for i in items)


def value(items):
    return sum(i.value for i in items)


@pytest.mark.parametrize("seed", range(8))
def test_agrees_with_all_subsets(seed):
    items = random_items(seed)
    every = [(weight(s), value(s)) for s in subsets(items)]
    for capacity in range(weight(items) + 2):
        best = max(v for w, v in every if w <= capacity)
        assert best_value(items, capacity) == best
        names = best_items(items, capacity)
        packed = [i for i in items if i.name in names]
        assert [i.name for i in packed] == names
        assert weight(packed) <= capacity
        assert value(packed) == best


@pytest.mark.parametrize("seed", range(5))
def test_repeated_by_recursion(seed):
    items = random_items(seed, count=3)

    def recursive(room):
        return max(
            (i.value + recursive(room - i.weight) for i in items if i.weight <= room), default=0
        )

    for capacity in range(13):
        assert best_value_repeated(items, capacity) == recursive(capacity)


@pytest.mark.parametrize("seed", range(4))
def test_fractional_by_single_units(seed):
    items = random_items(seed)
    units = sorted((i.value / i.weight for i in items for _ in range(i.weight)), reverse=True)
    for capacity in range(weight(items) + 1):
        assert fractional_value(items, capacity) == pytest.approx(sum(units[:capacity]))


def test_fractional_of_a_part():
    assert fractional_value([Item("a", 4, 10)], 1) == 2.5
    assert fractional_value([Item("a", 4, 10)], 0) == 0
    assert fractional_value([], 3) == 0


def test_ties_leave_out_early_items():
    items = [Item("first", 2, 5), Item("second", 2, 5)]
    assert best_items(items, 2) == ["second"]
    assert best_items(items, 4) == ["first", "second"]


def test_worthless_items_are_packed_when_there_is_room():
    assert best_items([Item("stone", 1, 0)], 1) == ["stone"]


def test_item_of_exactly_the_capacity():
    items = [Item("a", 5, 3)]
    assert best_value(items, 5) == 3
    assert best_value(items, 4) == 0
    assert best_value_repeated(items, 5) == 3
    assert best_items(items, 5) == ["a"]


def test_items_are_frozen():
    with pytest.raises(AttributeError):
        Item("a", 1, 1).weight = 2
