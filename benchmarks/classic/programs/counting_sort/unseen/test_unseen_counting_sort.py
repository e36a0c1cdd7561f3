import random

import pytest
from counting_sort import counting_sort, radix_sort, ranks, sort_by_digit


@pytest.mark.parametrize("seed", range(10))
def test_agrees_with_sorted(seed):
    draw = random.Random(seed)
    numbers = [draw.randint(-300, 300) for _ in range(draw.randint(0, 40))]
    before = list(numbers)
    assert counting_sort(numbers) == sorted(numbers)
    assert radix_sort(numbers) == sorted(numbers)
    assert radix_sort(numbers, base=draw.randint(2, 17)) == sorted(numbers)
    assert numbers == before


@pytest.mark.parametrize(("place", "base"), [(1, 10), (10, 10), (100, 10), (4, 2), (16, 16)])
def test_one_digit_agrees_with_a_stable_sort(place, base):
    draw = random.Random(place)
    numbers = [draw.randint(0, 5000) for _ in range(40)]
    expected = sorted(numbers, key=lambda n: (n // place) % base)
    assert sort_by_digit(numbers, place, base) == expected


@pytest.mark.parametrize("seed", range(5))
def test_ranks_by_counting_smaller_values(seed):
    draw = random.Random(seed)
    numbers = [draw.randint(-5, 5) for _ in range(12)]
    assert ranks(numbers) == [1 + len({m for m in numbers if m < n}) for n in numbers]


@pytest.mark.parametrize("numbers", [[10], [0], [0, 0], [100, 10, 1], [-10, -100], [10, -10, 9]])
def test_powers_of_the_base(numbers):
    assert radix_sort(numbers) == sorted(numbers)


def test_base_two_is_allowed_and_one_is_named():
    assert radix_sort([2, 1], base=2) == [1, 2]
    with pytest.raises(ValueError, match="not 0"):
        radix_sort([], base=0)


def test_single_and_empty():
    assert counting_sort([-3]) == [-3]
    assert ranks([]) == []
    assert radix_sort([]) == []


def test_results_are_new_lists():
    numbers = [0]
    assert radix_sort(numbers) is not numbers
    assert counting_sort(numbers) is not numbers
