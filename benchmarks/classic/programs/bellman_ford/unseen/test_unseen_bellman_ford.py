import itertools
import math
import random

import pytest
from bellman_ford import NegativeCycleError, cheapest, has_arbitrage, nodes_of, relax, route


def random_edges(seed):
    """Edges without a negative cycle: non-negative weights, shifted by potentials."""
    draw = random.Random(seed)
    height = {node: draw.randint(0, 9) for node in "abcdef"}
    pairs = [p for p in itertools.permutations("abcdef", 2) if draw.random() < 0.4]
    return [(a, b, draw.randint(0, 6) + height[a] - height[b]) for a, b in pairs]


def brute_force(edges, source, target):
    weights = {(a, b): w for a, b, w in edges}
    best = 0 if source == target else math.inf
    others = [n for n in "abcdef" if n not in (source, target)]
    for size in range(len(others) + 1):
        for inner in itertools.permutations(others, size):
            steps = list(itertools.pairwise((source, *inner, target)))
            if all(step in weights for step in steps):
                best = min(best, sum(weights[step] for step in steps))
    return best


@pytest.mark.parametrize("seed", range(8))
def test_agrees_with_brute_force(seed):
    edges = random_edges(seed)
    source = edges[0][0]
    cost, _ = cheapest(edges, source)
    weights = {(a, b): w for a, b, w in edges}
    for target in nodes_of(edges):
        assert cost[target] == brute_force(edges, source, target)
        way = route(edges, source, target)
        if way is None:
            assert cost[target] == math.inf
        else:
            assert (way[0], way[-1]) == (source, target)
            assert sum(weights[step] for step in itertools.pairwise(way)) == cost[target]


@pytest.mark.parametrize("length", [2, 3, 4, 5])
def test_long_chains_against_the_order_of_edges(length):
    edges = [(i, i + 1, -1) for i in range(length)][::-1]
    assert cheapest(edges, 0)[0][length] == -length
    with pytest.raises(NegativeCycleError, match="from 0"):
        cheapest([*edges, (length, 0, length - 1)], 0)
    assert cheapest([*edges, (length, 0, length)], 0)[0][0] == 0


def test_unknown_target_has_no_route():
    assert route([("a", "b", 1)], "a", "zzz") is None


def test_source_without_edges():
    assert cheapest([("a", "b", 1)], "s")[0] == {"a": math.inf, "b": math.inf, "s": 0}
    assert route([], "s", "s") == ["s"]


def test_relax_reports_whether_it_helped():
    cost, parent = {"a": 0, "b": 5}, {}
    assert relax([("a", "b", 3)], cost, parent) is True
    assert (cost, parent) == ({"a": 0, "b": 3}, {"b": "a"})
    assert relax([("a", "b", 3)], cost, parent) is False


def test_the_error_is_a_value_error():
    assert issubclass(NegativeCycleError, ValueError)


def test_self_loop():
    with pytest.raises(NegativeCycleError):
        cheapest([("a", "a", -1)], "a")
    assert cheapest([("a", "a", 1)], "a")[0] == {"a": 0}


@pytest.mark.parametrize("seed", range(5))
def test_arbitrage_by_brute_force(seed):
    draw = random.Random(seed)
    value = {c: draw.choice([1.0, 2.0, 4.0, 8.0]) for c in "xyzw"}
    rates = {(a, b): value[a] / value[b] for a, b in itertools.permutations("xyzw", 2)}
    assert not has_arbitrage(rates)
    cheaper = {pair: rate * 0.99 for pair, rate in rates.items()}
    assert not has_arbitrage(cheaper)
    cheaper[draw.choice(sorted(rates))] *= 1.5
    assert has_arbitrage(cheaper)


def test_arbitrage_of_nothing():
    assert has_arbitrage({}) is False
    assert not has_arbitrage({("a", "b"): 100.0})
