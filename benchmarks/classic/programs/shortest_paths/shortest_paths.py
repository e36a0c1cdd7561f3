"""Dijkstra's algorithm on a graph of non-negative weights."""

from __future__ import annotations

import heapq
import itertools

Graph = dict[str, dict[str, float]]


def distances(graph: Graph, source: str) -> dict[str, float]:
    """The distance from `source` to every node that can be reached.

    Raises KeyError for an unknown source and ValueError for a negative weight.
    """
    return _search(graph, source)[0]


def shortest_path(graph: Graph, source: str, target: str) -> list[str]:
    """The nodes of a shortest path, both ends included; empty when there is none."""
    found, previous = _search(graph, source)
    if target not in found:
        return []
    path = [target]
    while path[-1] != source:
        path.append(previous[path[-1]])
    return path[::-1]


def path_length(graph: Graph, path: list[str]) -> float:
    """The sum of weights along a path."""
    return sum(graph[a][b] for a, b in itertools.pairwise(path))


def eccentricity(graph: Graph, source: str) -> float:
    """The distance to the farthest node that can be reached."""
    return max(distances(graph, source).values())


def _search(graph: Graph, source: str) -> tuple[dict[str, float], dict[str, str]]:
    if source not in graph:
        raise KeyError(source)
    best = {source: 0.0}
    previous: dict[str, str] = {}
    done = set()
    queue = [(0.0, source)]
    while queue:
        distance, node = heapq.heappop(queue)
        if node in done:
            continue
        done.add(node)
        for neighbour, weight in graph.get(node, {}).items():
            if weight < 0:
                raise ValueError(f"negative weight from {node} to {neighbour}")
            candidate = distance + weight
            if neighbour not in best or candidate < best[neighbour]:
                best[neighbour] = candidate
                previous[neighbour] = node
                heapq.heappush(queue, (candidate, neighbour))
    return best, previous
