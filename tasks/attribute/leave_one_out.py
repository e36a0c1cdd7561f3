"""Leave-one-out credit: what is lost when one accepted change is taken back."""

from __future__ import annotations

from collections.abc import Mapping

from tasks.attribute.game import Game, Value
from tasks.records.attribution import Contribution
from tasks.records.change import ChangeType
from tasks.records.score import Evaluation
from tasks.validate import Compare


def plan(types: Mapping[str, ChangeType]) -> tuple[tuple[str, ...], ...]:
    """The sets to leave out: every change alone, then every type with more than one change."""
    alone = [(change,) for change in types]
    kinds = dict.fromkeys(types.values())
    together = [tuple(c for c, kind in types.items() if kind == wanted) for wanted in kinds]
    return (*alone, *(members for members in together if len(members) > 1))


def leave_one_out(
    full: Evaluation,
    types: Mapping[str, ChangeType],
    values: Mapping[tuple[str, ...], Value],
    difference: Compare,
) -> tuple[Contribution, ...]:
    """The credit of every change, paired by item, in the order of `types`.

    `full` is the evaluation of all changes together, `values` what was left when a set of them was
    taken out; `difference` compares two of them as the run does. Parts need not sum to the whole:
    two changes that do the same have no credit each, two that need each other have it all each.
    """
    game = Game.leaving_out(full, types, values, difference)
    found = []
    for change, kind in types.items():
        earned, note = game.worth([change], game.players)
        found.append(Contribution(change=change, change_type=kind, difference=earned, note=note))
    return tuple(found)
