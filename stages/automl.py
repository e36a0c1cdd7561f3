"""The AutoML arm: Optuna over the declared space, same evaluator, splits, seed and budget."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stages.numbers import settings_edits
from stages.run import Run
from stages.settings import WORKERS
from stages.validate import open_sealed
from tasks.hyperparameters import Scalar
from tasks.patch import EditError
from tasks.propose import Assignment, Tuner, read_settings
from tasks.records.attribution import AutomlArm
from tasks.records.document import CurvePoint
from tasks.records.outputs import Baseline, Pin
from tasks.records.score import Evaluation
from tasks.records.trial import Trial


@dataclass
class _Arm:
    """The state of one arm while it runs: what was best, and the curve to it."""

    run: Run
    pin: Pin
    baseline: Baseline
    tuner: Tuner
    current: Mapping[str, Scalar]
    best_commit: str
    best: Evaluation
    best_values: Mapping[str, Scalar]
    evaluations: int = 0
    started: float = field(default_factory=time.monotonic)
    curve: list[CurvePoint] = field(default_factory=list)

    def step(self, assignments: Sequence[Assignment]) -> None:
        """Evaluates some assignments side by side and tells the tuner in order."""
        outcomes = self.run.mapper("automl trial", self._try, assignments)
        for assignment, (commit, trial) in zip(assignments, outcomes, strict=True):
            self.evaluations += 1
            self.tuner.tell(assignment, self._value(trial))
            if trial.state == "complete" and trial.evaluation is not None:
                self._consider(commit, trial.evaluation, assignment)
            self._mark()
            words = f"{_scored(trial)}best {self.best.mean:.4f}"
            self.run.progress.trial_finished(_title(assignment), trial.state, words)

    def _try(self, assignment: Assignment) -> tuple[str, Trial]:
        run, base = self.run, self.pin.base
        race = run.race(self.best, "automl")
        try:
            commit = run.workspace.commit(
                base,
                settings_edits(run, base, assignment.values),
                "Try settings of the AutoML arm",
                {"Whetstone-Run": run.id},
                f"automl-{assignment.number}",
            )
        except EditError:
            commit = base  # these are the settings that the base has
        run.progress.trial_started(_title(assignment))
        trial = race.run(f"automl-{assignment.number}", commit, [base], lambda: run.cancelled)
        return commit, trial

    def _value(self, trial: Trial) -> float | None:
        """The dev mean; of a raced-out loser the best mean plus its paired difference."""
        if trial.state == "complete" and trial.evaluation is not None:
            return trial.evaluation.mean
        if trial.difference is not None:
            return self.best.mean + self.run.target.sign * trial.difference.delta
        return None

    def _consider(self, commit: str, evaluation: Evaluation, assignment: Assignment) -> None:
        better = self.run.target.sign * (evaluation.mean - self.best.mean) > 0
        if better and not self.run.trade(evaluation, self.baseline.evaluation):
            self.best_commit, self.best = commit, evaluation
            self.best_values = dict(assignment.values)

    def _mark(self) -> None:
        self.curve.append(
            CurvePoint(
                evaluations=self.evaluations,
                seconds=time.monotonic() - self.started,
                best=self.best.mean,
            )
        )


def run_automl(
    run: Run, pin: Pin, baseline: Baseline, evaluations: int, sampler: str = "tpe"
) -> AutomlArm:
    """Spends `evaluations` on the base's declared knobs; the best by dev is then sealed-tested."""
    if not run.target.hyperparameters:
        return AutomlArm(
            sampler=sampler,
            evaluations=0,
            parameters={},
            commit=pin.base,
            dev=None,
            sealed=None,
            note="the contract declares no hyperparameters: there is nothing to tune",
        )
    current = read_settings(run.workspace.checkout(pin.base), run.target.hyperparameters)
    tuner = Tuner(
        run.target.hyperparameters,
        sampler=sampler,
        seed=run.seed,
        storage=run.home.root / "optuna.db",
        # A resumed arm starts over: the cache answers what was evaluated before.
        study=f"{run.id}-automl-{sampler}-{secrets.token_hex(3)}",
        direction=run.target.metric.direction,
    )
    arm = _Arm(run, pin, baseline, tuner, current, pin.base, baseline.evaluation, dict(current))
    tuner.enqueue(current)
    while arm.evaluations < evaluations and not run.cancelled:
        count = min(WORKERS, evaluations - arm.evaluations)
        arm.step([tuner.ask() for _ in range(count)])
    sealed = open_sealed(run, arm.best_commit, "automl") if run.seal.left() else None
    return AutomlArm(
        sampler=sampler,
        evaluations=arm.evaluations,
        parameters=dict(arm.best_values),
        commit=arm.best_commit,
        dev=arm.best,
        sealed=sealed,
        curve=tuple(arm.curve),
        note="" if sealed is not None else "no opening of the sealed split was left for it",
    )


def _title(assignment: Assignment) -> str:
    return f"automl {assignment.number}"


def _scored(trial: Trial) -> str:
    """The trial's score, and its paired difference from the best that it was raced against."""
    if trial.evaluation is None:
        return f"{trial.error.splitlines()[0][:100]}; " if trial.error else ""
    share = f" on {trial.share:.0%} of the items" if trial.share < 1 else ""
    score = f"score {trial.evaluation.mean:.4f}{share}, "
    return f"{score}{trial.difference.figures}, " if trial.difference is not None else score
