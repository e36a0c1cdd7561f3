import itertools
import random

import pytest
from shortest_paths import distances, eccentricity, path_length, shortest_path


def random_graph(seed):
    draw = random.Random(seed)
    nodes = "abcdefg"
    graph = {node: {} for node in nodes}
    for a, b in itertools.permutations(nodes, 2):
        if draw.random() < 0.35:
            graph[a][b] = draw.randint(0, 9)
    return graph


def floyd_warshall(graph):
    best = {(a, b): graph[a].get(b, float("inf")) for a in graph for b in graph}
    for node in graph:
        best[node, node] = 0
    for k, a, b in itertools.product(graph, repeat=3):
        best[a, b] = min(best[a, b], best[a, k] + best[k, b])
    return best


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_floyd_warshall(seed):
    graph = random_graph(seed)
    best = floyd_warshall(graph)
    for source in graph:
        reachable = {b: best[source, b] for b in graph if best[source, b] < float("inf")}
        assert distances(graph, source) == reachable
        assert eccentricity(graph, source) == max(reachable.values())


@pytest.mark.parametrize("seed", range(5))
def test_paths_are_real_and_shortest(seed):
    graph = random_graph(seed + 100)
    for source, target in itertools.product(graph, repeat=2):
        path = shortest_path(graph, source, target)
        known = distances(graph, source)
        if target not in known:
            assert path == []
        else:
            assert path[0] == source
            assert path[-1] == target
            assert len(set(path)) == len(path)
            assert path_length(graph, path) == known[target]


def test_neighbour_without_an_entry_of_its_own():
    assert distances({"a": {"b": 2}}, "a") == {"a": 0, "b": 2}


def test_negative_weight_is_named():
    with pytest.raises(ValueError, match="from b to c"):
        distances({"a": {"b": 0}, "b": {"c": -2}}, "a")


def test_zero_weight_is_fine():
    assert distances({"a": {"b": 0}, "b": {}}, "a") == {"a": 0, "b": 0}


def test_first_of_two_equal_paths_is_kept():
    graph = {"s": {"a": 1, "b": 1}, "a": {"t": 1}, "b": {"t": 1}, "t": {}}
    assert shortest_path(graph, "s", "t") == ["s", "a", "t"]


def test_length_of_an_unknown_step():
    with pytest.raises(KeyError):
        path_length({"a": {}}, ["a", "b"])


def test_stale_queue_entries_are_skipped():
    class Counting(dict):
        reads = 0

        def items(self):
            type(self).reads += 1
            return super().items()

    graph = {
        "s": {"t": 9, "a": 1, "b": 5},
        "a": {"t": 5, "b": 1},
        "b": {"t": 1},
        "t": Counting(u=1),
    }
    assert distances(graph, "s")["u"] == 4
    assert Counting.reads == 1
