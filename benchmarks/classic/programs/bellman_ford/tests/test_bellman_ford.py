import math

import pytest
from bellman_ford import NegativeCycleError, cheapest, has_arbitrage, nodes_of, route

EDGES = [("a", "b", 4), ("a", "c", 2), ("c", "b", -1), ("b", "d", 5), ("e", "a", 1)]


def test_costs():
    assert cheapest(EDGES, "a")[0] == {"a": 0, "b": 1, "c": 2, "d": 6, "e": math.inf}


def test_parents():
    assert cheapest(EDGES, "a")[1] == {"b": "c", "c": "a", "d": "b"}


@pytest.mark.parametrize(
    ("target", "way"),
    [("d", ["a", "c", "b", "d"]), ("a", ["a"]), ("e", None)],
)
def test_route(target, way):
    assert route(EDGES, "a", target) == way


def test_negative_cycle_is_refused():
    with pytest.raises(NegativeCycleError):
        cheapest([("a", "b", 1), ("b", "a", -2)], "a")


def test_cycle_that_cannot_be_reached_does_not_matter():
    edges = [("a", "b", 1), ("c", "d", 1), ("d", "c", -2)]
    assert cheapest(edges, "a")[0]["b"] == 1


def test_nodes_in_order_of_appearance():
    assert nodes_of([("x", "z", 1), ("z", "y", 1)]) == ["x", "z", "y"]


def test_fair_rates():
    assert has_arbitrage({("eur", "usd"): 2.0, ("usd", "eur"): 0.5}) is False


def test_arbitrage():
    assert has_arbitrage({("eur", "usd"): 2.0, ("usd", "eur"): 0.6})
