import random

import pytest
from quick_select import median, partition, select, smallest


@pytest.mark.parametrize("seed", range(10))
def test_agrees_with_sorting(seed):
    draw = random.Random(seed)
    values = [draw.randint(0, 30) for _ in range(draw.randint(1, 25))]
    ordered = sorted(values)
    before = list(values)
    for rank in range(len(values)):
        assert select(values, rank) == ordered[rank]
        assert smallest(values, rank) == ordered[:rank]
    assert values == before


@pytest.mark.parametrize("seed", range(6))
def test_partition_within_bounds(seed):
    draw = random.Random(seed)
    values = [draw.randint(0, 20) for _ in range(15)]
    before = list(values)
    at = partition(values, 4, 11)
    assert 4 <= at <= 11
    assert values[:4] == before[:4]
    assert values[12:] == before[12:]
    assert sorted(values) == sorted(before)
    assert all(v < values[at] for v in values[4:at])
    assert all(v >= values[at] for v in values[at:12])


@pytest.mark.parametrize("values", [[1, 2, 3], [3, 1, 2], [2, 3, 1], [3, 2, 1], [1, 3, 2]])
def test_pivot_is_the_median_of_three(values):
    work = list(values)
    assert partition(work, 0, 2) == 1
    assert work == [1, 2, 3]


def test_pivot_looks_at_first_middle_and_last():
    values = [5, 0, 9, 0, 1, 1, 7]
    assert values[partition(values, 0, 6)] == 5


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1], 1), ([1, 2], 1.5), ([9, 1, 1, 1], 1), ([-4, 4], 0), ([3, 1, 2, 5, 4], 3)],
)
def test_median_values(values, expected):
    assert median(values) == expected


@pytest.mark.parametrize(
    ("count", "expected"), [(-1, []), (3, [1, 2, 2]), (4, [1, 2, 2, 3]), (9, [1, 2, 2, 3])]
)
def test_smallest_at_the_edges(count, expected):
    assert smallest([2, 3, 1, 2], count) == expected


def test_message_names_rank_and_count():
    with pytest.raises(IndexError, match="rank 5 of 2 values"):
        select([1, 2], 5)
    with pytest.raises(IndexError):
        select([], 0)
