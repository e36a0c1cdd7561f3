import random

import pytest
from merge_sort import is_sorted, merge, merge_sort


def by_tens(number):
    return number // 10


@pytest.mark.parametrize("seed", range(10))
def test_agrees_with_sorted(seed):
    draw = random.Random(seed)
    items = [draw.randint(-50, 50) for _ in range(draw.randint(0, 40))]
    before = list(items)
    for reverse in (False, True):
        assert merge_sort(items, key=by_tens, reverse=reverse) == sorted(
            items, key=by_tens, reverse=reverse
        )
        assert merge_sort(items, reverse=reverse) == sorted(items, reverse=reverse)
    assert items == before


@pytest.mark.parametrize("seed", range(5))
def test_merge_of_sorted_halves(seed):
    draw = random.Random(seed)
    left = sorted((draw.randint(0, 99) for _ in range(9)), key=by_tens)
    right = sorted((draw.randint(0, 99) for _ in range(6)), key=by_tens)
    assert merge(left, right, by_tens) == sorted(left + right, key=by_tens)


def test_merge_with_an_empty_side():
    assert merge([], [1, 2], abs) == [1, 2]
    assert merge([1, 2], [], abs) == [1, 2]


def test_merge_takes_the_left_of_equals():
    assert merge(["l1", "l2"], ["r1"], len) == ["l1", "l2", "r1"]


def test_returns_a_new_list_even_for_one_item():
    items = ["only"]
    result = merge_sort(items)
    assert result == items
    assert result is not items


@pytest.mark.parametrize(
    ("items", "key", "expected"),
    [
        ([], None, True),
        ([4], None, True),
        ([2, 2, 2], None, True),
        ([2, 1], None, False),
        ([-1, 2, -3], abs, True),
        ([1, 2, -3], None, False),
        ([1, 2, 3, 2], None, False),
        ([3, -1], abs, False),
    ],
)
def test_is_sorted_by_key(items, key, expected):
    assert is_sorted(items, key) is expected
