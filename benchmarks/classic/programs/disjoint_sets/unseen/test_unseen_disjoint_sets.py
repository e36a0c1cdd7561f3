import random

import pytest
from disjoint_sets import DisjointSets


class Partition:
    """A slow model: a list of sets."""

    def __init__(self, items):
        self.sets = [{item} for item in items]

    def of(self, item):
        return next(s for s in self.sets if item in s)

    def union(self, a, b):
        one, two = self.of(a), self.of(b)
        if one is two:
            return False
        self.sets.remove(two)
        one |= two
        return True


@pytest.mark.parametrize("seed", range(10))
def test_agrees_with_a_list_of_sets(seed):
    draw = random.Random(seed)
    items = list(range(12))
    sets, model = DisjointSets(items), Partition(items)
    for _ in range(14):
        a, b = draw.choice(items), draw.choice(items)
        assert sets.union(a, b) == model.union(a, b)
        assert sets.count == len(model.sets)
        for item in items:
            assert sets.size(item) == len(model.of(item))
            assert sets.connected(a, item) == (item in model.of(a))
    groups = sets.groups()
    assert sorted(map(sorted, groups)) == sorted(map(sorted, model.sets))
    assert [len(g) for g in groups] == sorted((len(g) for g in groups), reverse=True)


@pytest.mark.parametrize("seed", range(4))
def test_representative_is_shared_and_a_member(seed):
    draw = random.Random(seed)
    sets = DisjointSets(range(8))
    for _ in range(5):
        sets.union(draw.randrange(8), draw.randrange(8))
    for group in sets.groups():
        assert len({sets.find(item) for item in group}) == 1
        assert sets.find(group[0]) in group


def test_the_larger_set_keeps_its_representative():
    sets = DisjointSets("abcx")
    sets.union("a", "b")
    sets.union("a", "c")
    root = sets.find("a")
    sets.union("x", "a")
    assert sets.find("x") == root


def test_on_equal_sizes_the_first_one_leads():
    sets = DisjointSets("ab")
    sets.union("b", "a")
    assert sets.find("a") == "b"


def test_paths_are_compressed():
    sets = DisjointSets("abcd")
    sets.union("a", "b")
    sets.union("c", "d")
    sets.union("a", "c")
    sets.find("d")
    assert sets._parent["d"] == "a"


def test_equal_groups_keep_the_order_of_items():
    sets = DisjointSets("zyxw")
    sets.union("x", "w")
    sets.union("y", "z")
    assert sets.groups() == [["z", "y"], ["x", "w"]]


def test_empty():
    assert DisjointSets().groups() == []
    assert DisjointSets().count == 0


def test_duplicates_at_the_start_count_once():
    assert DisjointSets("aab").count == 2


def test_adding_again_does_not_split():
    sets = DisjointSets("ab")
    sets.union("a", "b")
    sets.add("b")
    assert sets.connected("a", "b")
    assert sets.size("b") == 2


def test_unknown_items_are_not_joined():
    with pytest.raises(KeyError):
        DisjointSets("a").union("a", "b")
