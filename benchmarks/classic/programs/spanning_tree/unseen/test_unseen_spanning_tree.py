import itertools
import random

import pytest
from spanning_tree import is_spanning_tree, kruskal, neighbours, prim_weight, total_weight


def random_edges(seed, share=0.7, nodes="abcde"):
    draw = random.Random(seed)
    pairs = list(itertools.combinations(nodes, 2))
    draw.shuffle(pairs)
    return [(a, b, draw.randint(1, 9)) for a, b in pairs if draw.random() < share]


def reachable(edges, start):
    inside = {start}
    for _ in edges:
        for a, b, _ in edges:
            if a in inside or b in inside:
                inside |= {a, b}
    return inside


def lightest(edges, size):
    nodes = {n for a, b, _ in edges for n in (a, b)}
    return min(
        sum(e[2] for e in subset)
        for subset in itertools.combinations(edges, size)
        if reachable(subset, next(iter(nodes))) == nodes
    )


@pytest.mark.parametrize("seed", range(10))
def test_weight_by_brute_force(seed):
    edges = [*random_edges(seed, share=0.5), *(("a", n, 12) for n in "bcde")]
    draw = random.Random(seed)
    draw.shuffle(edges)
    tree = kruskal(edges)
    assert len(tree) == 4
    assert total_weight(tree) == lightest(edges, 4)
    assert prim_weight(edges, "c") == total_weight(tree)
    assert is_spanning_tree(tree, edges)
    assert [e[2] for e in tree] == sorted(e[2] for e in tree)


@pytest.mark.parametrize("seed", range(6))
def test_forest_has_a_tree_for_every_part(seed):
    edges = random_edges(seed, share=0.25, nodes="abcdefg")
    nodes = set(neighbours(edges))
    parts = {frozenset(reachable(edges, node)) for node in nodes}
    forest = kruskal(edges)
    assert len(forest) == len(nodes) - len(parts)
    starts = [min(part) for part in parts]
    assert sum(prim_weight(edges, start) for start in starts) == total_weight(forest)


def test_ties_follow_the_input():
    square = [("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("d", "a", 1)]
    assert kruskal(square) == square[:3]
    assert kruskal(square[::-1]) == square[::-1][:3]


def test_parallel_edges_and_loops():
    edges = [("a", "a", 0), ("a", "b", 5), ("b", "a", 3)]
    assert kruskal(edges) == [("b", "a", 3)]
    assert prim_weight(edges, "a") == 3


def test_foreign_edge_is_refused():
    assert is_spanning_tree([("a", "b", 2)], [("a", "b", 1)]) is False


def test_two_parts_are_no_tree():
    edges = [("a", "b", 1), ("c", "d", 1)]
    assert not is_spanning_tree(edges, edges)


def test_right_size_with_a_cycle_is_refused():
    edges = [("a", "b", 1), ("b", "c", 1), ("c", "a", 1), ("c", "d", 1)]
    assert not is_spanning_tree(edges[:3], edges)
    assert is_spanning_tree(edges[1:], edges)


def test_neighbours_collects_all():
    edges = [("a", "b", 1), ("a", "c", 2), ("c", "b", 3)]
    assert neighbours(edges) == {
        "a": [(1, "b"), (2, "c")],
        "b": [(1, "a"), (3, "c")],
        "c": [(2, "a"), (3, "b")],
    }


def test_negative_weights_count():
    assert total_weight(kruskal([("a", "b", -2), ("a", "b", 1)])) == -2
    assert total_weight([]) == 0
