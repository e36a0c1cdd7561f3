import itertools
import random

import pytest
from interval_merge import check, covered, gaps, intersect, merge, most_at_once


def draw_intervals(draw, count):
    starts = (draw.randint(0, 30) for _ in range(count))
    return [(start, start + draw.randint(0, 6)) for start in starts]


def points(intervals):
    """All multiples of a half that lie inside; the ends are whole numbers."""
    return {n / 2 for start, end in intervals for n in range(2 * start, 2 * end + 1)}


def middles(intervals):
    return {n for start, end in intervals for n in range(start, end)}


@pytest.mark.parametrize("seed", range(10))
def test_merge_keeps_the_points(seed):
    draw = random.Random(seed)
    intervals = draw_intervals(draw, draw.randint(0, 9))
    before = list(intervals)
    merged = merge(intervals)
    assert points(merged) == points(intervals)
    assert merged == sorted(merged)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(merged))
    assert covered(intervals) == len(middles(intervals))
    assert intervals == before


@pytest.mark.parametrize("seed", range(10))
def test_gaps_are_the_rest(seed):
    draw = random.Random(seed)
    intervals = draw_intervals(draw, draw.randint(0, 6))
    low = draw.randint(-3, 20)
    high = low + draw.randint(0, 25)
    free = gaps(intervals, low, high)
    assert middles(free) == set(range(low, high)) - middles(intervals)
    assert free == sorted(free)
    assert all(start < end for start, end in free)


@pytest.mark.parametrize("seed", range(10))
def test_intersection_and_most_by_points(seed):
    draw = random.Random(seed)
    a, b = draw_intervals(draw, 5), draw_intervals(draw, 4)
    common = intersect(a, b)
    assert points(common) == points(a) & points(b)
    assert common == sorted(common)
    assert all(start <= end for start, end in common)
    most = max(sum(start <= n <= end for start, end in a) for n in points(a))
    assert most_at_once(a) == most


@pytest.mark.parametrize("function", [merge, check, covered, most_at_once])
def test_reversed_intervals_are_named(function):
    with pytest.raises(ValueError, match=r"interval \(5, 4\) ends before it starts"):
        function([(1, 1), (5, 4)])


def test_points_are_intervals_too():
    assert merge([(1, 1)]) == [(1, 1)]
    assert intersect([(0, 2)], [(2, 5)]) == [(2, 2)]
    assert intersect([(0, 9)], [(1, 1), (3, 3)]) == [(1, 1), (3, 3)]


def test_gaps_of_nothing():
    assert gaps([], 1, 4) == [(1, 4)]
    assert gaps([], 4, 4) == []
    assert gaps([(9, 12)], 1, 4) == [(1, 4)]
    assert gaps([(4, 6)], 1, 4) == [(1, 4)]
    assert gaps([(-5, -1)], 1, 4) == [(1, 4)]
    assert gaps([(5, 6), (8, 9)], 1, 4) == [(1, 4)]


def test_intersection_steps_past_the_shorter_one():
    assert intersect([(0, 1), (2, 9)], [(0, 5), (6, 7)]) == [(0, 1), (2, 5), (6, 7)]
