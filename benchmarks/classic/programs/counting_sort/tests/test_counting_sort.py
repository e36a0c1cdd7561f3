import pytest
from counting_sort import counting_sort, radix_sort, ranks, sort_by_digit


@pytest.mark.parametrize("sort", [counting_sort, radix_sort])
@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], []),
        ([4, 1, 3], [1, 3, 4]),
        ([0, -5, 5, -1], [-5, -1, 0, 5]),
    ],
)
def test_sorts(sort, numbers, expected):
    assert sort(numbers) == expected


def test_counting_keeps_duplicates():
    assert counting_sort([2, 1, 2]) == [1, 2, 2]


def test_radix_with_many_digits():
    assert radix_sort([170, 45, 75, 802, 24, 2, 66]) == [2, 24, 45, 66, 75, 170, 802]


def test_radix_in_base_two():
    assert radix_sort([6, 3, 5, 1], base=2) == [1, 3, 5, 6]


def test_radix_refuses_a_small_base():
    with pytest.raises(ValueError):
        radix_sort([1], base=1)


def test_one_digit_is_stable():
    assert sort_by_digit([31, 22, 11, 12], 1, 10) == [31, 11, 22, 12]


def test_tens_digit():
    assert sort_by_digit([31, 22, 111], 10, 10) == [111, 22, 31]


def test_ranks_are_dense():
    assert ranks([30, 10, 30, 20]) == [3, 1, 3, 2]
