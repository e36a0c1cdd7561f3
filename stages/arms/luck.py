"""The arm that does nothing: the untouched base again and again under other seeds, best of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stages.arms.source import Attempt, Best
from stages.run import Run
from tasks.records.attribution import ArmTrial

FIRST_SEED = 10_001
"""Far from the seeds that runs are started with, and from those of the baseline's repeats."""
ENOUGH_ALIKE = 3
"""Re-evaluations in a row that move nothing, after which a base counts as deterministic."""


@dataclass
class Luck:
    """Asks for the base under one new seed after the other: what luck alone gives.

    `baseline` is its score under the run's own seed. A base that answers alike under every seed
    is not asked for ever: its luck is nothing.
    """

    run: Run
    base: str
    baseline: float
    study: str = ""
    label: str = "seeds"
    nothing: str = ""
    _values: list[float | None] = field(default_factory=list)
    _asked: int = 0

    @property
    def note(self) -> str:
        """See Source.note."""
        if self._alike():
            return (
                f"the base scored alike under {len(self._values) + 1} seeds: luck gives it nothing"
            )
        return f"the best of {len(self._values) + 1} seeds"

    def resume(self, done: Sequence[ArmTrial]) -> None:
        """See Source.resume."""
        self._values = [trial.value for trial in done]
        self._asked = len(done)

    def ask(self, best: Best, count: int) -> Sequence[Attempt]:
        """See Source.ask."""
        if self._alike():
            return []
        first = self._asked
        self._asked += count
        return [self._attempt(number) for number in range(first, self._asked)]

    def tell(self, attempt: Attempt, value: float | None) -> None:
        """See Source.tell."""
        self._values.append(value)

    def _alike(self) -> bool:
        latest = self._values[:ENOUGH_ALIKE]
        return len(latest) == ENOUGH_ALIKE and all(v == self.baseline for v in self._values)

    def _attempt(self, number: int) -> Attempt:
        seed = self.run.seed + FIRST_SEED + number
        return Attempt(number, f"luck {number}", self.base, (), seed, {"seed": seed})
