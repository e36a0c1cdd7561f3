"""Credit in records: of changes, types, slices and researchers, and how gains compose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tasks.attribute import rules
from tasks.attribute.game import Game
from tasks.attribute.plan import FEWEST_PAIRS, Plan
from tasks.attribute.precedence import Coalition, coalition_of, members
from tasks.attribute.rules import Weights
from tasks.records.attribution import Contribution
from tasks.records.change import ROLL_UP, ChangeType, FineType
from tasks.records.credit import Composition, Share
from tasks.records.document import TypeCredit
from tasks.records.score import Difference, Evaluation

Slices = Mapping[str, Mapping[str, Collection[str]]]
"""Dimension, value, and the items that have it."""


@dataclass(frozen=True)
class Player:
    """An accepted change as credit sees it."""

    id: str
    kind: FineType
    researcher: str
    declared: FineType

    @property
    def change_type(self) -> ChangeType:
        """The type among the four that the report credits."""
        return ROLL_UP[self.kind]


@dataclass(frozen=True)
class Credited:
    """Every figure of credit of one game, by one plan; `players` in the order of acceptance."""

    players: Sequence[Player]
    game: Game
    plan: Plan

    @cached_property
    def draws(self) -> tuple[tuple[Weights, ...], ...]:
        """The draws of every change's Shapley value: a single one where it is exact."""
        order = self.game.order
        if self.plan.exact:
            return tuple((figure,) for figure in rules.shapley(order, self.plan.sets))
        if len(self.plan.pairs) < FEWEST_PAIRS:
            return tuple(() for _ in self.players)
        by_pair = [rules.from_pair(pair) for pair in self.plan.pairs]
        return tuple(zip(*by_pair, strict=True))

    def shapley(
        self, players: Collection[int], items: Collection[str] | None = None
    ) -> Difference | None:
        """The sum of the Shapley values of some changes.

        Their errors cancel in part, as the values of all changes sum to the gain whatever is drawn:
        what the draws of all changes have in common is scaled for a sum of so many.
        """
        of = [self.draws[place] for place in sorted(players)]
        summed = [rules.summed(figures) for figures in zip(*of, strict=True)]
        size, chosen = len(self.players), len(of)
        share = chosen * (size - chosen) / (size - 1) if size > 1 else 0.0
        return self.game.estimate(summed, share * self._common, items)

    def contributions(self) -> tuple[Contribution, ...]:
        """One for each change."""
        return tuple(self._contribution(place) for place in range(len(self.players)))

    def by_type(self, slices: Slices) -> tuple[TypeCredit, ...]:
        """One for each type that occurs, in the order of first acceptance."""
        kinds = dict.fromkeys(player.change_type for player in self.players)
        return tuple(self._type(kind, slices) for kind in kinds)

    def items(self) -> dict[ChangeType, Evaluation]:
        """Item by item what each type earns, by the same rule as `TypeCredit.difference`."""
        made = {}
        for kind in dict.fromkeys(player.change_type for player in self.players):
            own = [p for p, player in enumerate(self.players) if player.change_type == kind]
            found = self.game.items(rules.last(self.game.order, coalition_of(own)))
            if found is not None:
                made[kind] = found
        return made

    def shares(self, names: Sequence[str]) -> tuple[Share, ...]:
        """The sums over changes with one name, such as a researcher's; one name for each change."""
        made = []
        for name in dict.fromkeys(names):
            own = [place for place, other in enumerate(names) if other == name]
            made.append(Share(name=name, changes=len(own), difference=self.shapley(own)))
        return tuple(made)

    def composition(self) -> Composition | None:
        """Whole, parts, and what is left between them; None where a part was not measured."""
        order = self.game.order
        if not self.players:
            return None
        whole = rules.step(order.whole, 0)
        parts = rules.summed(rules.alone(order, p) for p in range(order.size))
        rest = rules.summed([whole, rules.summed([parts], -1.0)])
        found = [self.game.estimate([figure]) for figure in (whole, parts, rest)]
        if found[0] is None or found[1] is None or found[2] is None:
            return None
        bounds = found[2].interval
        verdict = "overlap" if bounds.high < 0 else "synergy" if bounds.low > 0 else "open"
        return Composition.model_validate(
            {"whole": found[0], "parts": found[1], "residual": found[2], "verdict": verdict}
        )

    @cached_property
    def _common(self) -> float:
        """What the draws of all changes vary by."""
        return self.game.spread(self.draws)

    def _contribution(self, place: int) -> Contribution:
        order, player = self.game.order, self.players[place]
        together = order.dependants(place)
        note = f"taken out with {self._names(together)}, which needs it" if together else ""
        return Contribution(
            change=player.id,
            change_type=player.change_type,
            difference=self.game.estimate([rules.last(order, 1 << place)]),
            note=note,
            shapley=self.shapley([place]),
            alone=self.game.estimate([rules.alone(order, place)]),
            needs=tuple(self.players[p].id for p in members(order.needs[place])),
        )

    def _type(self, kind: ChangeType, slices: Slices) -> TypeCredit:
        own = [p for p, player in enumerate(self.players) if player.change_type == kind]
        chosen = coalition_of(own)
        order = self.game.order
        more = order.whole & ~order.active(order.whole & ~chosen) & ~chosen
        note = f"taken out with {self._names(more)} of another type, which needs it" if more else ""
        by_slice = {
            dimension: {
                value: found
                for value, items in values.items()
                if (found := self.shapley(own, items)) is not None
            }
            for dimension, values in slices.items()
        }
        finer = dict.fromkeys(self.players[place].kind for place in own)
        return TypeCredit(
            change_type=kind,
            changes=len(own),
            difference=self.game.estimate([rules.last(order, chosen)]),
            note=note,
            shapley=self.shapley(own),
            by_slice=by_slice,
            finer=tuple(self._finer(name) for name in finer),
        )

    def _finer(self, kind: FineType) -> Share:
        own = [p for p, player in enumerate(self.players) if player.kind == kind]
        return Share(name=kind, changes=len(own), difference=self.shapley(own))

    def _names(self, coalition: Coalition) -> str:
        return ", ".join(self.players[place].id for place in members(coalition))
