"""The plan of a credit measurement: which sets of changes are worth their evaluations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasks.attribute.extensions import Draw, Order
from tasks.attribute.precedence import Coalition, Precedence
from tasks.attribute.rules import alone, blocks, interaction_draws, last

FEWEST_PAIRS = 2
"""Pairs of orders without which there is no error of sampling, and so no figure."""
MOST_PAIRS = 16
"""Pairs of orders after which what is left goes to interactions."""

Price = Callable[[Coalition], str | None]
"""The tree that a coalition would cost an evaluation of; None where it is known already."""


@dataclass(frozen=True)
class Plan:
    """`coalitions` are to be measured, smaller ones first.

    `sets` are all feasible sets where all are measured, which makes every figure exact; else they
    are empty and `pairs` are the antithetic orders that credit is estimated from. `swaps` says
    whether neighbours of these orders are also measured the other way round.
    """

    coalitions: tuple[Coalition, ...]
    sets: tuple[Coalition, ...] = ()
    pairs: tuple[tuple[Order, Order], ...] = ()
    swaps: bool = False

    @property
    def exact(self) -> bool:
        """Whether every feasible set is measured."""
        return bool(self.sets)

    @property
    def lines(self) -> tuple[Order, ...]:
        """The orders one by one."""
        return tuple(line for pair in self.pairs for line in pair)


def plan_credit(
    order: Precedence,
    kinds: Sequence[Coalition],
    budget: int,
    price: Price,
    known: int,
    seed: int,
) -> Plan:
    """What to measure for at most `budget` evaluations beside leave-one-out, which is always done.

    `kinds` are the sets of changes of one type each, `known` bounds how many trees are known. All
    feasible sets if they can be paid. Else, in this order, as long as they can: two antithetic
    pairs of orders, every change alone, the sets of whole types, more pairs, neighbours swapped.
    """
    basket = _Basket(budget, price)
    basket.take([order.whole, 0, *_outs(order, kinds)])
    sets = order.feasible_sets(budget + known + len(basket.held) + 1)
    if sets is not None and basket.offer(sets):
        return Plan(_by_size(basket.held), sets=sets)
    draw, pairs = Draw(order, seed), []
    first = [draw.antithetic() for _ in range(FEWEST_PAIRS)]
    if basket.offer(c for pair in first for line in pair for c in _prefixes(line)):
        pairs = first
    basket.offer(c for player in range(order.size) for c in alone(order, player))
    basket.offer(blocks(order, kinds).values())
    while FEWEST_PAIRS <= len(pairs) < MOST_PAIRS:
        pair = draw.antithetic()
        if not basket.offer(c for line in pair for c in _prefixes(line)):
            break
        pairs.append(pair)
    lines = [line for pair in pairs for line in pair]
    draws = interaction_draws(lines, order)
    swaps = len(pairs) == MOST_PAIRS and basket.offer(
        c for own in draws.values() for figure in own for c in figure
    )
    return Plan(_by_size(basket.held), pairs=tuple(pairs), swaps=swaps)


class _Basket:
    """What was chosen so far; owns the count of what it costs."""

    def __init__(self, budget: int, price: Price) -> None:
        self.held: dict[Coalition, None] = {}
        self._budget, self._price, self._trees = budget, price, set[str]()

    def take(self, coalitions: Iterable[Coalition]) -> None:
        """Adds them whatever they cost, beside the budget."""
        before = len(self._trees)
        for coalition in coalitions:
            tree = self._price(coalition)
            self.held[coalition] = None
            self._trees |= {tree} if tree is not None else set()
        self._budget += len(self._trees) - before

    def offer(self, coalitions: Iterable[Coalition]) -> bool:
        """Adds them all if they can be paid, else none of them."""
        wanted = dict.fromkeys(coalitions)
        trees = {tree for c in wanted if (tree := self._price(c)) is not None}
        if len(trees | self._trees) > self._budget and trees - self._trees:
            return False
        self.held |= wanted
        self._trees |= trees
        return True


def _outs(order: Precedence, kinds: Sequence[Coalition]) -> Iterator[Coalition]:
    """The coalitions of leave-one-out, of changes and of types."""
    for players in (*(1 << place for place in range(order.size)), *kinds):
        yield from last(order, players)


def _prefixes(line: Order) -> Iterator[Coalition]:
    built = 0
    for place in line:
        built |= 1 << place
        yield built


def _by_size(coalitions: Iterable[Coalition]) -> tuple[Coalition, ...]:
    return tuple(sorted(coalitions, key=lambda c: (c.bit_count(), c)))
