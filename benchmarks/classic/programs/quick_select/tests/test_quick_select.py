import pytest
from quick_select import median, partition, select, smallest


@pytest.mark.parametrize(("rank", "expected"), [(0, 1), (2, 4), (4, 9)])
def test_select_by_rank(rank, expected):
    assert select([9, 4, 1, 7, 3], rank) == expected


def test_select_with_duplicates():
    assert select([2, 2, 1, 2], 1) == 2


@pytest.mark.parametrize("rank", [-1, 3])
def test_select_out_of_range(rank):
    with pytest.raises(IndexError):
        select([1, 2, 3], rank)


def test_median_of_odd_count():
    assert median([5, 1, 3]) == 3


def test_median_of_even_count():
    assert median([4, 1, 3, 2]) == 2.5


def test_median_of_nothing():
    with pytest.raises(ValueError):
        median([])


def test_input_is_not_changed():
    values = [3, 1, 2]
    select(values, 1)
    assert values == [3, 1, 2]


def test_smallest_two():
    assert smallest([8, 3, 5, 1], 2) == [1, 3]


def test_smallest_of_none():
    assert smallest([8, 3], 0) == []


def test_partition_splits_around_the_pivot():
    values = [6, 2, 9, 4, 7]
    at = partition(values, 0, 4)
    assert all(v < values[at] for v in values[:at])
    assert all(v >= values[at] for v in values[at:])
