"""Minimum spanning trees: Kruskal's and Prim's algorithms on weighted edges."""

import heapq


def kruskal(edges):
    """The edges (a, b, weight) of a minimum spanning forest, in the order they were chosen.

    On equal weights the edge that comes first in the input is taken first.
    """
    component = {}
    for a, b, _ in edges:
        component[a] = {a}
        component[b] = {b}
    chosen = []
    for a, b, weight in sorted(edges, key=lambda edge: edge[2]):
        if component[a] is not component[b]:
            joined = component[a] | component[b]
            for node in joined:
                component[node] = joined
            chosen.append((a, b, weight))
    return chosen


def neighbours(edges):
    """For every node a list of (weight, neighbour), both directions of each edge."""
    result = {}
    for a, b, weight in edges:
        result.setdefault(a, []).append((weight, b))
        result.setdefault(b, []).append((weight, a))
    return result


def prim_weight(edges, start):
    """The weight of a minimum spanning tree of the part that holds `start`."""
    around = neighbours(edges)
    total = 0
    inside = set()
    queue = [(0, start)]
    while queue:
        weight, node = heapq.heappop(queue)
        if node in inside:
            continue
        inside.add(node)
        total += weight
        for step in around.get(node, []):
            if step[1] not in inside:
                heapq.heappush(queue, step)
    return total


def total_weight(edges):
    """The sum of the weights of all edges."""
    return sum(weight for _, _, weight in edges)


def is_spanning_tree(tree, edges):
    """Whether `tree` joins all nodes of `edges` without a cycle, by edges among them."""
    if any(edge not in edges for edge in tree):
        return False
    if len(kruskal(tree)) < len(tree):
        return False
    return len(tree) == len(neighbours(edges)) - 1
