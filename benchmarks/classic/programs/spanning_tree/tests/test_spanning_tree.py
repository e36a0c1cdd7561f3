import pytest
from spanning_tree import is_spanning_tree, kruskal, neighbours, prim_weight, total_weight

EDGES = [("a", "b", 4), ("b", "c", 8), ("a", "c", 2), ("c", "d", 3), ("b", "d", 5)]
TREE = [("a", "c", 2), ("c", "d", 3), ("a", "b", 4)]


def test_kruskal_takes_light_edges_first():
    assert kruskal(EDGES) == TREE


def test_kruskal_of_a_forest():
    assert len(kruskal([("a", "b", 1), ("c", "d", 1)])) == 2


def test_kruskal_of_nothing():
    assert kruskal([]) == []


def test_total_weight():
    assert total_weight(TREE) == 9


@pytest.mark.parametrize("start", ["a", "b", "c", "d"])
def test_prim_agrees_from_any_start(start):
    assert prim_weight(EDGES, start) == 9


def test_prim_of_a_lonely_node():
    assert prim_weight([], "x") == 0


def test_neighbours_go_both_ways():
    assert neighbours([("a", "b", 7)]) == {"a": [(7, "b")], "b": [(7, "a")]}


def test_is_spanning_tree():
    assert is_spanning_tree(TREE, EDGES)


def test_missing_edge_is_no_spanning_tree():
    assert not is_spanning_tree(TREE[:2], EDGES)


def test_cycle_is_no_spanning_tree():
    assert not is_spanning_tree([("a", "b", 4), ("b", "c", 8), ("a", "c", 2)], EDGES)
