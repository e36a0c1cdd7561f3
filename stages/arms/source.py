"""The protocol of an arm: what it has tried next, and what it learns from the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tasks.hyperparameters import Scalar
from tasks.records.attribution import ArmTrial
from tasks.records.change import FileEdit
from tasks.records.score import Evaluation


@dataclass(frozen=True)
class Best:
    """The best so far by the development split: at first the base."""

    commit: str
    evaluation: Evaluation
    parameters: Mapping[str, Scalar]


@dataclass(frozen=True)
class Attempt:
    """One thing to evaluate: `edits` on commit `base`, under `seed`.

    `number` is the source's own, `parameters` what the best is if it becomes that, `key` the edit's
    id where it is one. Without edits the base itself is meant.
    """

    number: int
    title: str
    base: str
    edits: tuple[FileEdit, ...]
    seed: int
    parameters: Mapping[str, Scalar] = field(default_factory=dict)
    key: str = ""


class Source(Protocol):
    """Thinks up attempts without looking at what fails; never runs or decides."""

    @property
    def label(self) -> str:
        """Who searches, such as the sampler's name."""
        ...

    @property
    def study(self) -> str:
        """The name of the Optuna study; empty where there is none."""
        ...

    @property
    def note(self) -> str:
        """What has to be known of how it searches, in words; empty for nothing."""
        ...

    @property
    def nothing(self) -> str:
        """Why there is nothing to search, in words; empty where there is."""
        ...

    def resume(self, done: Sequence[ArmTrial]) -> None:
        """Takes up the state after these trials, which an interrupted arm had finished."""
        ...

    def ask(self, best: Best, count: int) -> Sequence[Attempt]:
        """The next attempts, at most `count`, to be run side by side; none when all were tried."""
        ...

    def tell(self, attempt: Attempt, value: float | None) -> None:
        """What an attempt came to, in the metric's unit; None for a crash. In order of asking."""
        ...
