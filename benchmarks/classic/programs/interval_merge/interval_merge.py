"""Closed intervals of numbers as (start, end) pairs."""

from __future__ import annotations

Interval = tuple[float, float]


def check(intervals: list[Interval]) -> None:
    """Raises ValueError when an interval ends before it starts."""
    for start, end in intervals:
        if end < start:
            raise ValueError(f"interval ({start}, {end}) ends before it starts")


def merge(intervals: list[Interval]) -> list[Interval]:
    """The same points as few intervals, sorted; intervals that touch are joined."""
    check(intervals)
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def covered(intervals: list[Interval]) -> float:
    """The total length, overlaps counted once."""
    return sum(end - start for start, end in merge(intervals))


def gaps(intervals: list[Interval], low: float, high: float) -> list[Interval]:
    """What the intervals leave free between `low` and `high`."""
    free: list[Interval] = []
    at = low
    for start, end in merge(intervals):
        if start > at and at < high:
            free.append((at, min(start, high)))
        at = max(at, end)
    if at < high:
        free.append((at, high))
    return free


def intersect(a: list[Interval], b: list[Interval]) -> list[Interval]:
    """The points that both lists hold; a single point is an interval of length 0."""
    left, right = merge(a), merge(b)
    i = j = 0
    common: list[Interval] = []
    while i < len(left) and j < len(right):
        start = max(left[i][0], right[j][0])
        end = min(left[i][1], right[j][1])
        if start <= end:
            common.append((start, end))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return common


def most_at_once(intervals: list[Interval]) -> int:
    """How many intervals share a point at most."""
    check(intervals)
    events = [(start, 0) for start, _ in intervals] + [(end, 1) for _, end in intervals]
    current = most = 0
    for _, kind in sorted(events):
        current += 1 if kind == 0 else -1
        most = max(most, current)
    return most
