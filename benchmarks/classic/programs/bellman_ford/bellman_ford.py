"""Shortest paths with negative weights, and the detection of negative cycles."""

import math


class NegativeCycleError(ValueError):
    """A cycle that gets cheaper with every round."""


def nodes_of(edges):
    """All nodes of a list of (from, to, weight), in order of appearance."""
    seen = {}
    for start, end, _ in edges:
        seen.setdefault(start, None)
        seen.setdefault(end, None)
    return list(seen)


def relax(edges, cost, parent):
    """One round over all edges; whether any cost went down."""
    changed = False
    for start, end, weight in edges:
        offer = cost[start] + weight
        if offer < cost[end]:
            cost[end] = offer
            parent[end] = start
            changed = True
    return changed


def cheapest(edges, source):
    """The cost from `source` to every node, infinity where there is no way, and the parents.

    Raises NegativeCycleError when `source` reaches a negative cycle.
    """
    cost = dict.fromkeys(nodes_of(edges), math.inf)
    cost[source] = 0
    parent = {}
    for _ in range(len(cost) - 1):
        if not relax(edges, cost, parent):
            break
    if relax(edges, dict(cost), {}):
        raise NegativeCycleError(f"a negative cycle is reachable from {source}")
    return cost, parent


def route(edges, source, target):
    """The nodes of a cheapest way, or None when `target` cannot be reached."""
    cost, parent = cheapest(edges, source)
    if cost.get(target, math.inf) == math.inf:
        return None
    way = [target]
    while way[0] != source:
        way.insert(0, parent[way[0]])
    return way


def has_arbitrage(rates):
    """Whether a round of exchanges makes money; `rates` maps (from, to) to a rate."""
    if not rates:
        return False
    edges = [(start, end, -math.log(rate)) for (start, end), rate in rates.items()]
    cost = dict.fromkeys(nodes_of(edges), 0.0)
    for _ in range(len(cost)):
        before = dict(cost)
        relax(edges, cost, {})
        if all(math.isclose(cost[n], before[n], abs_tol=1e-9) for n in cost):
            return False
    return True
