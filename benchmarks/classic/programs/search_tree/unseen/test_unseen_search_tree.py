import random

import pytest
from search_tree import SearchTree


def check_order(node, low=float("-inf"), high=float("inf")):
    if node is not None:
        assert low < node.key < high
        check_order(node.left, low, node.key)
        check_order(node.right, node.key, high)


@pytest.mark.parametrize("seed", range(10))
def test_random_operations_against_a_set(seed):
    draw = random.Random(seed)
    tree, model = SearchTree(), set()
    for _ in range(70):
        key = draw.randint(0, 25)
        if draw.random() < 0.55:
            assert tree.insert(key) is (key not in model)
            model.add(key)
        elif key in model:
            tree.remove(key)
            model.remove(key)
        else:
            with pytest.raises(KeyError):
                tree.remove(key)
        check_order(tree.root)
        assert list(tree) == sorted(model)
    for low in range(-1, 27):
        assert (low in tree) is (low in model)
        assert tree.between(low, None) == sorted(k for k in model if k >= low)
        assert tree.between(None, low) == sorted(k for k in model if k <= low)
        for high in range(-1, 27):
            assert tree.between(low, high) == sorted(k for k in model if low <= k <= high)


def test_successor_takes_the_place():
    tree = SearchTree([5, 2, 8, 6, 9, 7])
    tree.remove(5)
    assert tree.root.key == 6
    assert list(tree) == [2, 6, 7, 8, 9]


@pytest.mark.parametrize("keys", [[5], [5, 3], [5, 7], [5, 3, 7]])
def test_removing_the_root(keys):
    tree = SearchTree(keys)
    tree.remove(5)
    assert list(tree) == sorted(set(keys) - {5})


def test_range_queries_do_not_walk_elsewhere():
    class Watched(int):
        reads = 0

        def __le__(self, other):
            Watched.reads += 1
            return int(self) <= int(other)

        __hash__ = int.__hash__

    tree = SearchTree(Watched(k) for k in (8, 4, 12, 2, 6, 10, 14))
    tree.between(None, 5)
    assert Watched.reads == 4


def test_negative_keys():
    tree = SearchTree([0, -5, 5])
    assert list(tree) == [-5, 0, 5]
