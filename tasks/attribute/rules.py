"""Credit rules as weights on coalitions: every figure of credit is a weighted sum of evaluations.

The credit of a change is its value in the game under precedence constraints of Faigle & Kern (1992,
"The Shapley value for cooperative games under precedence constraints", Int. J. Game Theory 21):
what it adds to what came before it, averaged over all orders in which every change comes after its
prerequisites. Where no change needs another that is the Shapley value (1953).

The interaction of two changes is the Shapley interaction index (Grabisch & Roubens 1999, "An
axiomatic approach to the concept of interaction among players in cooperative games", Int. J. Game
Theory 28): what both add together beyond what each adds alone, averaged over the orders in which
they are neighbours. Two changes of which one needs the other have none: one is never without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from tasks.attribute.extensions import Order, orders_above, orders_below
from tasks.attribute.precedence import Coalition, Precedence, members

Weights = Mapping[Coalition, float]
"""A figure: the sum of weight times score over these coalitions."""
Pair = tuple[int, int]


def summed(figures: Iterable[Weights], scale: float = 1.0) -> Weights:
    """The figure that is the sum of these, times `scale`."""
    total: defaultdict[Coalition, float] = defaultdict(float)
    for figure in figures:
        for coalition, weight in figure.items():
            total[coalition] += scale * weight
    return {coalition: weight for coalition, weight in total.items() if weight}


def step(larger: Coalition, smaller: Coalition) -> Weights:
    """What the one scores beyond the other."""
    return {larger: 1.0, smaller: -1.0} if larger != smaller else {}


def last(order: Precedence, players: Coalition) -> Weights:
    """What is lost without these changes and those that need them: leave-one-out of one."""
    return step(order.whole, order.active(order.whole & ~players))


def alone(order: Precedence, player: int) -> Weights:
    """What a change adds to the base and its prerequisites, before anything else."""
    return step(order.needs[player] | 1 << player, order.needs[player])


def shapley(order: Precedence, sets: Sequence[Coalition]) -> tuple[Weights, ...]:
    """The exact value of every change; `sets` are all feasible sets, by size."""
    below, above = orders_below(order, sets), orders_above(order, sets)
    orders = below[order.whole]
    credit: list[dict[Coalition, float]] = [defaultdict(float) for _ in order.needs]
    for coalition in sets:
        for place in order.following(coalition):
            larger = coalition | 1 << place
            share = below[coalition] * above[larger] / orders
            credit[place][larger] += share
            credit[place][coalition] -= share
    return tuple(credit)


def from_pair(pair: tuple[Order, Order]) -> tuple[Weights, ...]:
    """The estimate of every change's value from two orders: the mean of what it adds in either."""
    parts: list[list[Weights]] = [[] for _ in pair[0]]
    for line in pair:
        built = 0
        for place in line:
            parts[place].append(step(built | 1 << place, built))
            built |= 1 << place
    return tuple(summed(part, 0.5) for part in parts)


def interaction(order: Precedence, sets: Sequence[Coalition]) -> dict[Pair, Weights]:
    """The exact index of every pair of changes of which neither needs the other."""
    below, above = orders_below(order, sets), orders_above(order, sets)
    found: defaultdict[Pair, list[tuple[float, Weights]]] = defaultdict(list)
    for coalition in sets:
        free = list(order.following(coalition))
        for index, one in enumerate(free):
            for other in free[index + 1 :]:
                both = coalition | 1 << one | 1 << other
                share = below[coalition] * above[both]
                found[one, other].append((share, _square(coalition, one, other)))
    return {pair: _mean(parts) for pair, parts in sorted(found.items())}


def interaction_draws(lines: Sequence[Order], order: Precedence) -> dict[Pair, list[Weights]]:
    """Draws of the index: one for every two neighbours of an order that may change places."""
    found: defaultdict[Pair, list[Weights]] = defaultdict(list)
    for line in lines:
        built = 0
        for one, other in pairwise(line):
            if not order.needs[other] >> one & 1:
                pair = (min(one, other), max(one, other))
                found[pair].append(_square(built, one, other))
            built |= 1 << one
    return dict(sorted(found.items()))


def blocks(order: Precedence, parts: Sequence[Coalition]) -> dict[Coalition, Coalition]:
    """The quotient game: each set of parts, as a mask, with the changes that stand for it."""
    made = {}
    for chosen in range(1 << len(parts)):
        union = 0
        for index in members(chosen):
            union |= parts[index]
        made[chosen] = order.active(union)
    return made


def _square(coalition: Coalition, one: int, other: int) -> Weights:
    first, second = coalition | 1 << one, coalition | 1 << other
    return {first | second: 1.0, first: -1.0, second: -1.0, coalition: 1.0}


def _mean(parts: Sequence[tuple[float, Weights]]) -> Weights:
    whole = sum(share for share, _ in parts)
    return summed(summed([figure], share / whole) for share, figure in parts)
