import pytest
from binary_search import closest, count_between, find, integer_root, lower_bound, upper_bound

VALUES = [1, 3, 3, 3, 8, 10]


@pytest.mark.parametrize(("target", "expected"), [(0, 0), (3, 1), (4, 4), (11, 6)])
def test_lower_bound(target, expected):
    assert lower_bound(VALUES, target) == expected


@pytest.mark.parametrize(("target", "expected"), [(0, 0), (3, 4), (10, 6)])
def test_upper_bound(target, expected):
    assert upper_bound(VALUES, target) == expected


def test_find_first_of_equals():
    assert find(VALUES, 3) == 1


def test_find_missing():
    assert find(VALUES, 7) is None


def test_find_in_nothing():
    assert find([], 7) is None


def test_count_between_includes_both_ends():
    assert count_between(VALUES, 3, 8) == 4


def test_closest():
    assert closest(VALUES, 7) == 8


def test_closest_beyond_the_end():
    assert closest(VALUES, 99) == 10


@pytest.mark.parametrize(("number", "root"), [(0, 0), (15, 3), (16, 4)])
def test_integer_root(number, root):
    assert integer_root(number) == root


def test_no_root_of_negative():
    with pytest.raises(ValueError):
        integer_root(-1)
