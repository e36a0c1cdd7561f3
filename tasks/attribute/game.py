"""The game that credit is computed from: what each subset of the accepted changes scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.errors import PredictError
from tasks.records.change import ChangeType
from tasks.records.score import Difference, Evaluation
from tasks.validate import Compare

if TYPE_CHECKING:
    from tasks.patch.workspace import Conflict

    Value = Evaluation | Conflict | PredictError
else:
    Value = object
"""What a subset came to: its evaluation, or why it has none (no merge, or a crash)."""


@dataclass(frozen=True)
class Game:
    """`values` holds what was measured, by the set of changes that is present.

    `types` names the players with their types, in the order of acceptance. `difference` is how the
    run itself compares two evaluations, so that credit is measured as acceptance was. Any credit
    rule reads the game through `value` and `worth` alone, so that all rules share one set of
    evaluations.
    """

    types: Mapping[str, ChangeType]
    values: Mapping[frozenset[str], Value]
    difference: Compare

    @classmethod
    def leaving_out(
        cls,
        full: Evaluation,
        types: Mapping[str, ChangeType],
        values: Mapping[tuple[str, ...], Value],
        difference: Compare,
    ) -> Game:
        """The game from evaluations that are named by the changes that were left out."""
        players = frozenset(types)
        present = {players - frozenset(absent): value for absent, value in values.items()}
        return cls(types, {**present, players: full}, difference)

    @property
    def players(self) -> frozenset[str]:
        """All accepted changes."""
        return frozenset(self.types)

    def value(self, present: Iterable[str]) -> Value | None:
        """What this subset came to; None when it was not measured."""
        return self.values.get(frozenset(present))

    def worth(self, changes: Iterable[str], among: Iterable[str]) -> tuple[Difference | None, str]:
        """`among` minus `among` without `changes`; else None and the reason, in words."""
        with_them, without = self.value(among), self.value(frozenset(among) - frozenset(changes))
        for subset in (with_them, without):
            if not isinstance(subset, Evaluation):
                return None, _reason(subset)
        assert isinstance(with_them, Evaluation)
        assert isinstance(without, Evaluation)
        return self.difference(with_them, without), ""


def _reason(value: object) -> str:
    if value is None:
        return "not measured"
    if isinstance(value, PredictError):
        return f"the other changes do not run without it: {value.cause}"
    return f"the other changes do not merge without it: {getattr(value, 'detail', value)}"
