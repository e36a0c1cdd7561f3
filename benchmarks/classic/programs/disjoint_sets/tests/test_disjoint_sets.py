import pytest
from disjoint_sets import DisjointSets


@pytest.fixture
def sets():
    result = DisjointSets("abcdef")
    result.union("a", "b")
    result.union("c", "d")
    return result


def test_starts_apart():
    sets = DisjointSets([1, 2, 3])
    assert sets.count == 3
    assert not sets.connected(1, 2)


def test_union_connects(sets):
    assert sets.connected("a", "b")
    assert not sets.connected("a", "c")


def test_connection_is_transitive(sets):
    sets.union("b", "c")
    assert sets.connected("a", "d")


def test_union_says_whether_it_joined(sets):
    assert sets.union("a", "c") is True
    assert sets.union("d", "b") is False


def test_count_goes_down_once(sets):
    sets.union("a", "b")
    assert sets.count == 4


@pytest.mark.parametrize(("item", "size"), [("a", 2), ("d", 2), ("e", 1)])
def test_size(sets, item, size):
    assert sets.size(item) == size


def test_size_after_joining(sets):
    sets.union("a", "d")
    assert sets.size("c") == 4


def test_add_twice(sets):
    assert sets.add("a") is False
    assert sets.add("z") is True
    assert sets.count == 5


def test_unknown_item(sets):
    with pytest.raises(KeyError):
        sets.find("?")


def test_groups(sets):
    sets.union("b", "e")
    assert sets.groups() == [["a", "b", "e"], ["c", "d"], ["f"]]
