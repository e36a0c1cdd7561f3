import pytest
from search_tree import SearchTree


@pytest.fixture
def tree():
    return SearchTree([50, 30, 70, 20, 40, 60, 80])


def test_iterates_in_order(tree):
    assert list(tree) == [20, 30, 40, 50, 60, 70, 80]


def test_contains(tree):
    assert 60 in tree
    assert 65 not in tree


def test_insert_says_whether_it_is_new(tree):
    assert tree.insert(65) is True
    assert tree.insert(65) is False


@pytest.mark.parametrize("key", [20, 30, 50])
def test_remove(tree, key):
    tree.remove(key)
    assert key not in tree
    assert len(list(tree)) == 6


def test_remove_missing(tree):
    with pytest.raises(KeyError):
        tree.remove(1)


def test_between(tree):
    assert tree.between(30, 60) == [30, 40, 50, 60]


def test_between_open(tree):
    assert tree.between(None, 35) == [20, 30]


def test_empty():
    assert list(SearchTree()) == []
