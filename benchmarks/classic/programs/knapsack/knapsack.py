"""Knapsack problems: whole items by dynamic programming, divisible ones greedily."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """Something to pack; weights are whole numbers of at least 1."""

    name: str
    weight: int
    value: float


def best_value(items: list[Item], capacity: int) -> float:
    """The highest total value of items, each used at most once, within the capacity."""
    best = [0.0] * (capacity + 1)
    for item in items:
        for room in range(capacity, item.weight - 1, -1):
            best[room] = max(best[room], best[room - item.weight] + item.value)
    return best[capacity]


def best_value_repeated(items: list[Item], capacity: int) -> float:
    """As `best_value`, when any number of each item may be packed."""
    best = [0.0] * (capacity + 1)
    for room in range(1, capacity + 1):
        for item in items:
            if item.weight <= room:
                best[room] = max(best[room], best[room - item.weight] + item.value)
    return best[capacity]


def best_items(items: list[Item], capacity: int) -> list[str]:
    """The names of a best selection, in the order of `items`; early items are left out on a tie."""
    rows = [[0.0] * (capacity + 1)]
    for item in items:
        above = rows[-1]
        row = list(above)
        for room in range(item.weight, capacity + 1):
            row[room] = max(above[room], above[room - item.weight] + item.value)
        rows.append(row)
    names = []
    room = capacity
    for index in range(len(items), 0, -1):
        item = items[index - 1]
        fits = item.weight <= room
        if fits and rows[index - 1][room] <= rows[index - 1][room - item.weight] + item.value:
            names.append(item.name)
            room -= item.weight
    return names[::-1]


def fractional_value(items: list[Item], capacity: float) -> float:
    """The highest value when items may be cut: the densest first."""
    total = 0.0
    for item in sorted(items, key=lambda i: i.value / i.weight, reverse=True):
        taken = min(item.weight, capacity)
        total += item.value * taken / item.weight
        capacity -= taken
    return total
