"""The arms that tune: Optuna over declared knobs, or over every literal of the editable code."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stages.arms.source import Attempt, Best
from stages.numbers import settings_edits
from stages.run import Run
from tasks.hyperparameters import Hyperparameter, Scalar
from tasks.propose import STEP, StudyPlace, Tuner, lift, read_settings
from tasks.records.attribution import ArmTrial
from tasks.records.change import FileEdit
from tasks.records.score import Evaluation

TURNS = 2
"""How often each literal moves within the budget, about: one that is tried once is left to luck."""


@dataclass(frozen=True)
class Space:
    """Knobs, their values in the base, and the way from values to edits of the base.

    `moving` is how many knobs an attempt moves away from the best; None for all of them.
    """

    knobs: tuple[Hyperparameter, ...]
    values: Mapping[str, Scalar]
    edits: Callable[[Mapping[str, Scalar]], tuple[FileEdit, ...]]
    moving: int | None


@dataclass
class Tuned:
    """A source that is one Optuna study."""

    run: Run
    base: str
    baseline: Evaluation
    arm: str
    sampler: str
    space: Space

    @property
    def label(self) -> str:
        """See Source.label."""
        return self.sampler

    @property
    def study(self) -> str:
        """See Source.study."""
        return f"{self.run.id}-{self.arm}-{self.sampler}" if self.space.knobs else ""

    @property
    def nothing(self) -> str:
        """See Source.nothing."""
        if self.space.knobs:
            return ""
        if self.arm == "literals":
            return "the editable code has no literal that could be set: there is nothing to tune"
        return "the contract declares no hyperparameters: there is nothing to tune"

    @property
    def note(self) -> str:
        """See Source.note."""
        count, moving = self.tuner.knobs, self.space.moving
        parts = [self.tuner.division]
        if self.arm == "literals":
            parts.append(f"{count} literals and declared knobs were lifted into the space")
        if moving is not None and moving < count and self.sampler != "cmaes":
            parts.append(f"each trial moved {moving} of {count} knobs away from the best, in turns")
        return "; ".join(filter(None, parts))

    @cached_property
    def tuner(self) -> Tuner:
        """The study, opened or taken up again; the base is known to it from the start."""
        run = self.run
        tuner = Tuner(
            self.space.knobs,
            sampler=self.sampler,
            seed=run.seed,
            place=StudyPlace(
                run.home.root / "optuna.db",
                self.study,
                {"run": run.id, "target": run.target.name, "arm": self.arm, "seed": str(run.seed)},
            ),
            direction=run.target.metric.direction,
            start=self.space.values,
        )
        tuner.know(self.space.values, self.baseline.mean, "baseline")
        return tuner

    def resume(self, done: Sequence[ArmTrial]) -> None:
        """See Source.resume."""
        finished = {trial.number: trial for trial in done}
        for assignment in self.tuner.pending():
            if assignment.number in finished:
                self.tuner.tell(assignment, finished[assignment.number].value)

    def ask(self, best: Best, count: int) -> Sequence[Attempt]:
        """See Source.ask. What was asked for before a kill comes first, and fills its batch."""
        near: Mapping[str, Scalar] | None = None
        if self.space.moving is not None and self.sampler != "cmaes":
            near = {**self.space.values, **best.parameters}
        pending = [*self.tuner.pending()]
        missing = count - len(pending) - (self.tuner.asked() - len(pending)) % count
        pending += [self.tuner.ask(near, self.space.moving or STEP) for _ in range(missing)]
        return [self._attempt(assignment.number, assignment.values) for assignment in pending]

    def tell(self, attempt: Attempt, value: float | None) -> None:
        """See Source.tell."""
        known = {assignment.number: assignment for assignment in self.tuner.pending()}
        if attempt.number in known:
            self.tuner.tell(known[attempt.number], value)

    def _attempt(self, number: int, values: Mapping[str, Scalar]) -> Attempt:
        changed = {n: v for n, v in values.items() if self.space.values.get(n) != v}
        shown = values if self.arm == "declared" else changed
        return Attempt(
            number=number,
            title=f"{self.arm} {number}",
            base=self.base,
            edits=self.space.edits(values) if changed else (),
            seed=self.run.seed,
            parameters=dict(shown),
        )


def declared(run: Run, base: str, baseline: Evaluation, sampler: str) -> Tuned:
    """Optuna over what the contract declares."""
    knobs = run.target.hyperparameters
    values = read_settings(run.workspace.checkout(base), knobs) if knobs else {}
    space = Space(knobs, values, lambda v: settings_edits(run, base, v), None)
    return Tuned(run, base, baseline, "declared", sampler, space)


def literal(run: Run, base: str, baseline: Evaluation, sampler: str, passes: float) -> Tuned:
    """Optuna over every literal that may be edited, the declared knobs among them.

    With hundreds of knobs and tens of trials a setting that moves them all is a leap into a broken
    program. Each trial moves a few from the best so far: as many as let each have `TURNS` turns
    within the budget of `passes`, three at least. CMA-ES moves all, by steps of its own.
    """
    paths = [path for path in run.workspace.files(base) if run.target.may_edit(path)]
    lifted = lift(run.workspace.checkout(base), paths, run.target.hyperparameters)
    moving = max(STEP, math.ceil(TURNS * len(lifted.knobs) / max(passes, 1.0)))
    space = Space(lifted.knobs, lifted.values, lifted.edits, moving)
    return Tuned(run, base, baseline, "literals", sampler, space)
