import itertools
import random

import pytest
from permutation_order import cycles, inversions, next_permutation, permutations, rank, unrank


@pytest.mark.parametrize("items", ["", "a", "ab", "abc", "abcd", "aabb", "abbc", "aaa", "dabc"])
def test_agrees_with_itertools(items):
    expected = sorted(set(itertools.permutations(items)))
    assert [tuple(p) for p in permutations(items)] == expected
    for before, after in itertools.pairwise(expected):
        assert next_permutation(before) == list(after)
    assert next_permutation(expected[-1]) is None


@pytest.mark.parametrize("items", ["", "a", "ab", "bac", "abcd", "edcba"])
def test_ranks_there_and_back(items):
    for number, permutation in enumerate(sorted(itertools.permutations(items))):
        assert rank(permutation) == number
        assert unrank(items, number) == list(permutation)


@pytest.mark.parametrize(("items", "number"), [("", 1), ("", -1), ("a", 1), ("abc", -1), ("ab", 2)])
def test_ranks_out_of_range(items, number):
    with pytest.raises(IndexError, match=str(number)):
        unrank(items, number)


@pytest.mark.parametrize("seed", range(6))
def test_inversions_by_bubble_sort(seed):
    draw = random.Random(seed)
    items = [draw.randint(0, 9) for _ in range(draw.randint(0, 10))]
    work, swaps = list(items), 0
    for _ in items:
        for i in range(len(work) - 1):
            if work[i] > work[i + 1]:
                work[i], work[i + 1] = work[i + 1], work[i]
                swaps += 1
    assert inversions(items) == swaps


@pytest.mark.parametrize("seed", range(8))
def test_cycles_rebuild_the_permutation(seed):
    draw = random.Random(seed)
    permutation = list(range(draw.randint(0, 9)))
    draw.shuffle(permutation)
    found = cycles(permutation)
    rebuilt = list(range(len(permutation)))
    for cycle in found:
        assert len(cycle) > 1
        assert cycle[0] == min(cycle)
        for a, b in zip(cycle, cycle[1:] + cycle[:1], strict=True):
            rebuilt[a] = b
    assert rebuilt == permutation
    assert [cycle[0] for cycle in found] == sorted(cycle[0] for cycle in found)


def test_first_is_not_an_alias_that_changes():
    walk = permutations([2, 1])
    first = next(walk)
    next(walk)
    assert first == [1, 2]


def test_long_tail_is_reversed():
    assert next_permutation([1, 5, 4, 3, 2]) == [2, 1, 3, 4, 5]
    assert next_permutation([2, 3, 3, 1]) == [3, 1, 2, 3]
