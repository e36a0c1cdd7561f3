"""Linear extensions: the orders in which changes could have come, counted and drawn at random."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from tasks.attribute.precedence import Coalition, Precedence

ENUMERATED = 4096
"""Feasible sets of a part up to which its orders are drawn exactly, by counting."""

Order = tuple[int, ...]


def orders_below(order: Precedence, sets: Sequence[Coalition]) -> dict[Coalition, int]:
    """In how many orders each feasible set can be built up; `sets` are all of them, by size."""
    counts = dict.fromkeys(sets, 0)
    counts[0] = 1
    for coalition in sets:
        for place in order.following(coalition):
            counts[coalition | 1 << place] += counts[coalition]
    return counts


def orders_above(order: Precedence, sets: Sequence[Coalition]) -> dict[Coalition, int]:
    """In how many orders the rest can follow upon each feasible set."""
    counts = dict.fromkeys(sets, 0)
    counts[order.whole] = 1
    for coalition in reversed(sets):
        if coalition != order.whole:
            counts[coalition] = sum(counts[coalition | 1 << p] for p in order.following(coalition))
    return counts


class Draw:
    """Draws linear extensions, each as likely as any other; deterministic under a seed."""

    def __init__(self, order: Precedence, seed: int) -> None:
        self._parts = [(part, _within(order, part)) for part in order.components()]
        self._above = [
            orders_above(own, sets) if (sets := own.feasible_sets(ENUMERATED)) else None
            for _, own in self._parts
        ]
        self._random = random.Random(seed)

    def antithetic(self) -> tuple[Order, Order]:
        """Two orders, the second with the parts in reverse turn.

        Parts that do not need each other are interleaved at random, and the second order has that
        interleaving reversed; within a part each is drawn by itself, as a reversed order would
        break its precedence. Without any precedence the second is the first in reverse, with which
        the mean of the two is exact for every game of pairwise interactions.
        """
        turns = [index for index, (part, _) in enumerate(self._parts) for _ in part]
        self._random.shuffle(turns)
        return self._fill(turns), self._fill(turns[::-1])

    def _fill(self, turns: Sequence[int]) -> Order:
        lines = [iter(self._line(index)) for index in range(len(self._parts))]
        return tuple(next(lines[index]) for index in turns)

    def _line(self, index: int) -> Order:
        part, own = self._parts[index]
        above = self._above[index]
        places = self._counted(own, above) if above is not None else self._walked(own)
        return tuple(part[place] for place in places)

    def _counted(self, own: Precedence, above: dict[Coalition, int]) -> list[int]:
        """Each next change with the share of the orders that go on with it."""
        built, line = 0, []
        while built != own.whole:
            choices = list(own.following(built))
            weights = [above[built | 1 << place] for place in choices]
            point = self._random.randrange(sum(weights))
            for place, weight in zip(choices, weights, strict=True):
                point -= weight
                if point < 0:
                    line.append(place)
                    built |= 1 << place
                    break
        return line

    def _walked(self, own: Precedence) -> list[int]:
        """The chain of Karzanov & Khachiyan (1991): swaps of neighbours where these allow it.

        Its n^3 log n steps after Wilson (2004, "Mixing times of lozenge tiling and card shuffling
        Markov chains", Ann. Appl. Probab. 14).
        """
        line = list(range(own.size))
        for _ in range(math.ceil(own.size**3 * math.log(own.size))):
            at = self._random.randrange(own.size - 1)
            if self._random.random() < 0.5 and not own.needs[line[at + 1]] >> line[at] & 1:
                line[at], line[at + 1] = line[at + 1], line[at]
        return line


def _within(order: Precedence, part: Sequence[int]) -> Precedence:
    """The precedence among the members of a part, by their places in it."""
    place = {player: index for index, player in enumerate(part)}
    return Precedence(
        tuple(sum(1 << place[p] for p in part if order.needs[player] >> p & 1) for player in part)
    )
