import random

import pytest
from binary_search import closest, count_between, find, integer_root, lower_bound, upper_bound


@pytest.mark.parametrize("seed", range(10))
def test_agrees_with_a_linear_scan(seed):
    draw = random.Random(seed)
    values = sorted(draw.randint(0, 20) for _ in range(draw.randint(1, 15)))
    for target in range(-2, 23):
        assert lower_bound(values, target) == sum(v < target for v in values)
        assert upper_bound(values, target) == sum(v <= target for v in values)
        assert find(values, target) == (values.index(target) if target in values else None)
        assert closest(values, target) == min(values, key=lambda v: (abs(v - target), v))
        for high in range(-2, 23):
            expected = sum(target <= v <= high for v in values)
            assert count_between(values, target, high) == expected


@pytest.mark.parametrize("number", [1, 2, 3, 4, 8, 9, 24, 25, 26, 10**12 - 1, 10**12])
def test_root_bounds(number):
    root = integer_root(number)
    assert root * root <= number < (root + 1) ** 2


def test_tie_goes_to_the_smaller():
    assert closest([1, 5], 3) == 1
    assert closest([1.0, 2.0], 1.75) == 2.0


def test_single_value():
    assert closest([4], -9) == 4
    assert closest([4], 4) == 4
    assert closest([4], 9) == 4


def test_empty():
    assert lower_bound([], 1) == 0
    assert upper_bound([], 1) == 0
    assert count_between([], 0, 9) == 0
    with pytest.raises(ValueError, match="nothing"):
        closest([], 1)


def test_find_may_return_index_zero():
    assert find([5, 6], 5) == 0


def test_negative_root_is_explained():
    with pytest.raises(ValueError, match="negative"):
        integer_root(-4)


def test_reversed_limits_hold_nothing():
    assert count_between([1, 2, 3, 4], 4, 1) == 0
