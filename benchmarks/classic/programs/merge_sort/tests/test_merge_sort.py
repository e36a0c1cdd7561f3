import pytest
from merge_sort import is_sorted, merge, merge_sort


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], []),
        ([7], [7]),
        ([3, 1, 2], [1, 2, 3]),
        ([5, 5, 1, 5], [1, 5, 5, 5]),
        ([-2, 10, 0, -7], [-7, -2, 0, 10]),
    ],
)
def test_sorts_numbers(items, expected):
    assert merge_sort(items) == expected


def test_sorts_words():
    assert merge_sort(["pear", "fig", "apple"]) == ["apple", "fig", "pear"]


def test_key_orders_by_length():
    assert merge_sort(["ccc", "a", "bb"], key=len) == ["a", "bb", "ccc"]


def test_is_stable():
    assert merge_sort(["bb", "aa", "c", "d"], key=len) == ["c", "d", "bb", "aa"]


def test_reverse():
    assert merge_sort([1, 3, 2], reverse=True) == [3, 2, 1]


def test_reverse_is_stable():
    assert merge_sort(["bb", "aa", "c"], key=len, reverse=True) == ["bb", "aa", "c"]


def test_leaves_the_input_alone():
    items = [2, 1]
    merge_sort(items)
    assert items == [2, 1]


def test_merge_interleaves():
    assert merge([1, 4], [2, 3, 5], key=lambda x: x) == [1, 2, 3, 4, 5]


def test_is_sorted():
    assert is_sorted([1, 1, 2])
    assert not is_sorted([1, 3, 2])
