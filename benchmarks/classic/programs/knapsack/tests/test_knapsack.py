import pytest
from knapsack import Item, best_items, best_value, best_value_repeated, fractional_value

ITEMS = [Item("gold", 3, 30), Item("silver", 2, 14), Item("lamp", 4, 16), Item("book", 1, 9)]


@pytest.mark.parametrize(
    ("capacity", "value"), [(0, 0), (1, 9), (3, 30), (6, 53), (8, 55), (10, 69)]
)
def test_best_value(capacity, value):
    assert best_value(ITEMS, capacity) == value


def test_each_item_once():
    assert best_value([Item("a", 1, 5)], 10) == 5


def test_repeated_items():
    assert best_value_repeated([Item("a", 2, 5)], 7) == 15


def test_repeated_mixes():
    assert best_value_repeated(ITEMS, 5) == 48


def test_names_of_the_best():
    assert best_items(ITEMS, 6) == ["gold", "silver", "book"]


def test_names_when_nothing_fits():
    assert best_items([Item("a", 5, 1)], 4) == []


def test_fractional():
    assert fractional_value(ITEMS, 5) == 46


def test_fractional_takes_all():
    assert fractional_value(ITEMS, 100) == 69


def test_no_items():
    assert best_value([], 5) == 0
