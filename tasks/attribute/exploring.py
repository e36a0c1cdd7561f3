"""Exploring the game: sets of changes are measured, and what does not stand by itself is learnt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tasks.attribute.plan import Plan
from tasks.attribute.precedence import Coalition, Precedence, members
from tasks.errors import PredictError, WhetstoneError
from tasks.records.score import Evaluation

Value = Evaluation | PredictError
"""What a set of changes came to: its evaluation, or why it does not run."""


class CreditError(WhetstoneError):
    """Credit cannot be measured: a set of changes that was accepted does not stand any more."""


@dataclass(frozen=True)
class Blocked:
    """The change at place `player` does not apply on what comes before it, in git's words."""

    player: int
    detail: str


@dataclass(frozen=True)
class Need:
    """That one change needs others: its text does not apply without them, or it does not run."""

    player: int
    prerequisites: Coalition
    kind: Literal["text", "run"]
    detail: str


@dataclass
class Explorer:
    """Owns what was measured, and the precedence as far as it is known.

    `applies` says what stands in the way of a set's text, `measure` evaluates sets that apply. One
    that does not stand teaches a prerequisite: the change in it that does not stand on those before
    it needs some that are missing. Those without which it stands all the same are given up one by
    one, earliest first. What is left counts as needed whatever else is present, which may be more
    than the truth, and is never less for the sets that are measured.
    """

    order: Precedence
    applies: Callable[[Coalition], Blocked | None]
    measure: Callable[[Sequence[Coalition]], Sequence[Value]]
    values: dict[Coalition, Value] = field(default_factory=dict)
    needs: list[Need] = field(default_factory=list)
    probes: int = 0
    """Evaluations that went into finding prerequisites."""

    def explore(self, planned: Callable[[Precedence, int], Plan]) -> Plan:
        """Measures what is planned; plans anew whenever a prerequisite was found.

        `planned` gets the precedence and the number of probes. Raises CreditError.
        """
        while True:
            plan = planned(self.order, self.probes)
            blocked = next((c for c in plan.coalitions if self.applies(c) is not None), None)
            if blocked is not None:
                self._learn_text(blocked)
                continue
            self._known(plan.coalitions)
            broken = [c for c in plan.coalitions if isinstance(self.values[c], PredictError)]
            if not broken:
                return plan
            self._learn_run(broken[0])

    def evaluations(self) -> dict[Coalition, Evaluation]:
        """All that ran."""
        return {c: value for c, value in self.values.items() if isinstance(value, Evaluation)}

    def _known(self, coalitions: Sequence[Coalition]) -> None:
        missing = [c for c in coalitions if c not in self.values]
        self.values.update(zip(missing, self.measure(missing), strict=True))

    def _learn_text(self, coalition: Coalition) -> None:
        blocked = self.applies(coalition)
        assert blocked is not None
        self._require(
            blocked.player, coalition, "text", blocked.detail, lambda c: self.applies(c) is None
        )

    def _learn_run(self, coalition: Coalition) -> None:
        for player in members(coalition):
            beginning = coalition & (2 << player) - 1
            if not self._runs(beginning):
                error = self.values.get(beginning)
                cause = error.cause if isinstance(error, PredictError) else ""
                self._require(player, beginning, "run", cause, self._runs)
                return

    def _runs(self, coalition: Coalition) -> bool:
        if self.applies(coalition) is not None:
            return False
        if coalition not in self.values:
            self.probes += 1
            self._known([coalition])
        return isinstance(self.values[coalition], Evaluation)

    def _require(
        self,
        player: int,
        coalition: Coalition,
        kind: Literal["text", "run"],
        detail: str,
        stands: Callable[[Coalition], bool],
    ) -> None:
        own, earlier = 1 << player, (1 << player) - 1
        present = coalition & earlier
        needed = earlier & ~present
        if not needed or not stands(earlier | own):
            raise CreditError(
                f"change {player + 1} of {self.order.size} does not stand on all that were "
                f"accepted before it: {detail}",
                "look for what makes the target differ from one run to the next",
            )
        for place in members(needed):
            fewer = self.order.active(present | needed & ~(1 << place)) & ~present
            if stands(present | fewer | own):
                needed = fewer
        if not needed:
            raise CreditError(
                f"change {player + 1} of {self.order.size} stood and did not stand on the same "
                f"changes: {detail}",
                "look for what makes the target differ from one run to the next",
            )
        self.order = self.order.requiring(player, needed)
        self.needs.append(Need(player, needed, kind, detail))
