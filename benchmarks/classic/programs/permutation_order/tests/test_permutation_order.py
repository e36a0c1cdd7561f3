import pytest
from permutation_order import cycles, inversions, next_permutation, permutations, rank, unrank


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([1, 2, 3], [1, 3, 2]),
        ([1, 3, 2], [2, 1, 3]),
        ([3, 2, 1], None),
        ([1, 1, 2], [1, 2, 1]),
        ([], None),
    ],
)
def test_next_permutation(items, expected):
    assert next_permutation(items) == expected


def test_next_leaves_the_input_alone():
    items = [1, 2]
    next_permutation(items)
    assert items == [1, 2]


def test_all_permutations():
    assert list(permutations([2, 1, 3])) == [
        [1, 2, 3],
        [1, 3, 2],
        [2, 1, 3],
        [2, 3, 1],
        [3, 1, 2],
        [3, 2, 1],
    ]


def test_equal_items_give_fewer():
    assert len(list(permutations("aab"))) == 3


@pytest.mark.parametrize(("permutation", "expected"), [("abc", 0), ("bac", 2), ("cba", 5)])
def test_rank(permutation, expected):
    assert rank(permutation) == expected


def test_unrank():
    assert unrank("abc", 3) == ["b", "c", "a"]


def test_unrank_out_of_range():
    with pytest.raises(IndexError):
        unrank("abc", 6)


def test_inversions():
    assert inversions([3, 1, 2]) == 2


def test_cycles():
    assert cycles([1, 0, 2, 4, 3]) == [[0, 1], [3, 4]]
