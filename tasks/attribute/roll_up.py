"""Credit by type of change: what is lost when all changes of one type are taken back."""

from __future__ import annotations

from collections.abc import Mapping

from tasks.attribute.game import Game, Value
from tasks.records.change import ChangeType
from tasks.records.document import TypeCredit
from tasks.records.score import Evaluation
from tasks.validate import Compare


def roll_up(
    full: Evaluation,
    types: Mapping[str, ChangeType],
    values: Mapping[tuple[str, ...], Value],
    difference: Compare,
) -> tuple[TypeCredit, ...]:
    """One entry a type that occurs, in order of first acceptance; arguments as `leave_one_out`.

    Measured, never summed from the parts: changes of one type may overlap.
    """
    game = Game.leaving_out(full, types, values, difference)
    credits = []
    for kind in dict.fromkeys(types.values()):
        members = [change for change, own in types.items() if own == kind]
        earned, note = game.worth(members, game.players)
        credits.append(
            TypeCredit(change_type=kind, changes=len(members), difference=earned, note=note)
        )
    return tuple(credits)
