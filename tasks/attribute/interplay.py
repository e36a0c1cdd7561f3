"""Interactions in records: pairs of changes, and pairs of types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.attribute import rules
from tasks.attribute.game import Game
from tasks.attribute.plan import Plan
from tasks.attribute.precedence import Coalition, Precedence
from tasks.attribute.rules import Weights
from tasks.records.credit import Interaction

FEWEST_DRAWS = 3
"""Draws of a pair's index without which it is not shown."""


def between_changes(game: Game, plan: Plan, names: Sequence[str]) -> Iterator[Interaction]:
    """Every pair of changes whose index was measured, by place."""
    draws: dict[rules.Pair, list[Weights]] = {}
    if plan.exact:
        draws = {p: [w] for p, w in rules.interaction(game.order, plan.sets).items()}
    elif plan.swaps:
        drawn = rules.interaction_draws(plan.lines, game.order)
        draws = {pair: own for pair, own in drawn.items() if len(own) >= FEWEST_DRAWS}
    for (one, other), own in draws.items():
        found = game.estimate(own)
        if found is not None:
            yield Interaction(
                between="changes",
                first=names[one],
                second=names[other],
                difference=found,
                draws=0 if plan.exact else len(own),
            )


def between_types(
    game: Game, parts: Sequence[Coalition], names: Sequence[str]
) -> Iterator[Interaction]:
    """Every pair of types, in the game whose players are whole types; always exact.

    A change without its prerequisite is not there: that is the conjunctive permission structure of
    Gilles, Owen & van den Brink (1992, "Games with permission structures", Int. J. Game Theory 20).
    """
    unions = rules.blocks(game.order, parts)
    free = Precedence.free(len(parts))
    sets = free.feasible_sets(1 << len(parts)) or ()
    for (one, other), figure in rules.interaction(free, sets).items():
        lifted = rules.summed({unions[chosen]: weight} for chosen, weight in figure.items())
        found = game.estimate([lifted])
        if found is not None:
            yield Interaction(
                between="types", first=names[one], second=names[other], difference=found
            )
