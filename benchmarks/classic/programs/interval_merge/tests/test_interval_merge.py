import pytest
from interval_merge import covered, gaps, intersect, merge, most_at_once


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ([], []),
        ([(1, 3), (2, 6), (8, 10)], [(1, 6), (8, 10)]),
        ([(5, 6), (1, 2)], [(1, 2), (5, 6)]),
        ([(1, 10), (2, 3)], [(1, 10)]),
    ],
)
def test_merge(intervals, expected):
    assert merge(intervals) == expected


def test_touching_intervals_are_joined():
    assert merge([(1, 2), (2, 3)]) == [(1, 3)]


def test_reversed_interval():
    with pytest.raises(ValueError):
        merge([(3, 1)])


def test_covered():
    assert covered([(0, 5), (3, 8), (10, 11)]) == 9


def test_gaps():
    assert gaps([(2, 3), (5, 6)], 0, 8) == [(0, 2), (3, 5), (6, 8)]


def test_gaps_of_a_full_day():
    assert gaps([(0, 24)], 0, 24) == []


def test_intersect():
    assert intersect([(0, 4), (6, 9)], [(2, 7)]) == [(2, 4), (6, 7)]


def test_intersect_of_nothing():
    assert intersect([(0, 1)], [(2, 3)]) == []


@pytest.mark.parametrize(
    ("intervals", "most"), [([], 0), ([(1, 4), (2, 5), (7, 8)], 2), ([(1, 2), (2, 3)], 2)]
)
def test_most_at_once(intervals, most):
    assert most_at_once(intervals) == most
