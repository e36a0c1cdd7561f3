"""The arms of a run with their raw evaluations: champion, AutoML, baseline."""

from __future__ import annotations

from dataclasses import dataclass

from stages.kept_arms import FIRST_ARM, arm_records
from stages.run import Run
from stages.standings import champion_of_run
from tasks.records.attribution import AutomlArm
from tasks.records.outputs import Baseline, Goal
from tasks.records.score import Evaluation


@dataclass(frozen=True)
class Arm:
    """One system with its per-item scores; None where a split was not evaluated for it."""

    name: str
    dev: Evaluation | None
    sealed: Evaluation | None


def arms_of(run: Run) -> tuple[Arm, ...]:
    """What a run has measured so far, champion first."""
    baseline = run.stored(4, 0, Baseline)
    if baseline is None:
        return ()
    sealed = {e.tree: e for e in run.ledger.read("sealed", Evaluation)}
    arms = []
    champion = champion_of_run(run, baseline)
    if champion is not None:
        evaluation = champion[1]
        arms.append(Arm("champion", evaluation, sealed.get(evaluation.tree)))
    arms += [
        Arm(label_of(arm), arm.dev, arm.sealed) for arm in arm_records(run) if arm.dev is not None
    ]
    base = baseline.evaluation
    arms.append(Arm("baseline", base, sealed.get(base.tree)))
    return tuple(arms)


def label_of(arm: AutomlArm) -> str:
    """What an arm is called beside others: its sampler is part of it where it has one."""
    if arm.arm == FIRST_ARM:
        return f"optuna {arm.sampler}"
    return f"{arm.arm} {arm.sampler}" if arm.study else arm.arm


def data_of(run: Run) -> str:
    """The digest of the data that a run was made on."""
    goal = run.stored(1, 0, Goal)
    return goal.data if goal is not None else ""
