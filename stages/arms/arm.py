"""Arms by name: made, run to the end of their budgets, and looked at on the seal."""

from __future__ import annotations

from collections.abc import Callable

from stages.arms.luck import Luck
from stages.arms.random_edits import RandomEdits
from stages.arms.running import ROUNDING, Budget, Running, Standing
from stages.arms.source import Source
from stages.arms.tuned import declared, literal
from stages.kept_arms import FIRST_ARM, find_arm
from stages.opening import open_sealed
from stages.run import Run
from tasks.records.attribution import ArmEnd, AutomlArm
from tasks.records.cost import Cost
from tasks.records.outputs import Baseline, Pin
from tasks.records.score import Evaluation

NOT_SEALED = "no opening of the sealed split was left for it"


def run_arm(
    run: Run,
    pin: Pin,
    baseline: Baseline,
    budget: Budget,
    arm: str = FIRST_ARM,
    sampler: str = "tpe",
) -> AutomlArm:
    """Spends the budget on the base without diagnosis; then its best are looked at on the seal.

    There are two ends: at equal evaluations, and, where the budget says so, at equal compute or at
    the bound that came before it. An interrupted arm goes on where it was.
    """
    source = _source(run, pin, baseline, budget, find_arm(arm), sampler)
    if source.nothing:
        return AutomlArm(
            arm=arm, sampler=source.label, evaluations=0, parameters={}, commit=pin.base, dev=None,
            sealed=None, note=source.nothing, budget_passes=budget.passes,
            budget_seconds=budget.seconds,
        )  # fmt: skip
    running = Running(run, arm, source, pin.base, baseline.evaluation)
    running.resume()
    running.go_on(budget)
    if run.cancelled:
        raise KeyboardInterrupt
    at_passes = _last(running, lambda spent: spent.passes <= budget.passes + ROUNDING)
    first = _end(run, arm, at_passes)
    second = None
    if budget.seconds is not None:
        second = _end(run, arm, _last(running, budget.within))
    spent = running.now.spent
    notes = [source.note, "" if first.sealed is not None else NOT_SEALED]
    if budget.left(spent):
        notes.append("it ended before its budget: all that it could try was tried")
    if budget.stops(spent):
        notes.append(_bounded(budget, spent))
    return AutomlArm(
        arm=arm,
        sampler=source.label,
        evaluations=at_passes.spent.evaluations,
        parameters=first.parameters,
        commit=first.commit,
        dev=first.dev,
        sealed=first.sealed,
        curve=running.curve,
        note="; ".join(filter(None, notes)),
        at_compute=second,
        budget_passes=budget.passes,
        budget_seconds=budget.seconds,
        cost=spent,
        study=source.study,
    )


def _source(
    run: Run, pin: Pin, baseline: Baseline, budget: Budget, arm: str, sampler: str
) -> Source:
    evaluation = baseline.evaluation
    if arm == "literals":
        return literal(run, pin.base, evaluation, sampler, budget.passes)
    if arm == "random_edits":
        return RandomEdits(run)
    if arm == "luck":
        return Luck(run, pin.base, evaluation.mean)
    return declared(run, pin.base, evaluation, sampler)


def _last(running: Running, within: Callable[[Cost], bool]) -> Standing:
    """The last standing within a budget: what went over it came too late."""
    return [s for s in running.standings if within(s.spent)][-1]


def _bounded(budget: Budget, spent: Cost) -> str:
    return (
        f"it ended at {spent.passes / budget.passes:.1f} times its evaluations, with "
        f"{spent.seconds:.0f} of {budget.seconds:.0f} seconds in the sandbox used: an arm alone "
        "(`whetstone automl TARGET --like RUN`) has all of both"
    )


def _end(run: Run, arm: str, standing: Standing) -> ArmEnd:
    best = standing.best
    return ArmEnd(
        commit=best.commit,
        parameters=best.parameters,
        dev=best.evaluation,
        sealed=_sealed(run, arm, best.commit, best.evaluation.seed),
        seed=best.evaluation.seed,
        cost=standing.spent,
    )


def _sealed(run: Run, arm: str, commit: str, seed: int) -> Evaluation | None:
    """The look at the sealed split, if one is left; another look at a known tree takes none."""
    tree = run.workspace.tree_of(commit)
    if not run.seal.left() and not any(opening.shows(tree) for opening in run.seal.log()):
        return None
    return open_sealed(run, commit, f"arm {arm}", seed)
