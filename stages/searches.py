"""Every search that a run holds, with its costs, its curve, and what it reached on both splits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stages.evaluations import label_of
from stages.kept_arms import arm_records
from stages.run import Run
from stages.spent import search_cost
from stages.standings import champion_of_run, curve_of
from tasks.records.attribution import AutomlArm
from tasks.records.cost import Cost
from tasks.records.document import CurvePoint
from tasks.records.outputs import Baseline
from tasks.records.score import Evaluation

TUNED = ("declared", "literals")


@dataclass(frozen=True)
class Search:
    """One search under one seed. `base` is where it started; `tuned` says that Optuna made it."""

    run: str
    name: str
    seed: int
    cost: Cost
    curve: tuple[CurvePoint, ...]
    base: Evaluation
    dev: Evaluation
    sealed: Evaluation | None
    sealed_at_compute: Evaluation | None
    tuned: bool = False


def searches_of(run: Run) -> Iterator[Search]:
    """The research, the arms, and the untouched base, so far as they were measured."""
    baseline = run.stored(4, 0, Baseline)
    if baseline is None:
        return
    base = baseline.evaluation
    sealed = {e.tree: e for e in run.ledger.read("sealed", Evaluation)}
    champion = champion_of_run(run, baseline)
    if champion is not None:
        looked = sealed.get(champion[1].tree)
        yield Search(
            run.id, f"research ({run.settings.researcher})", run.seed, search_cost(run),
            curve_of(run, baseline), base, champion[1], looked, looked,
        )  # fmt: skip
    for arm in arm_records(run):
        if arm.dev is not None:
            yield _of_arm(run, arm, base, arm.dev)
    start = (CurvePoint(evaluations=0, seconds=0.0, best=base.mean),)
    looked = sealed.get(base.tree)
    yield Search(run.id, "baseline", run.seed, Cost(), start, base, base, looked, looked)


def _of_arm(run: Run, arm: AutomlArm, base: Evaluation, dev: Evaluation) -> Search:
    later = arm.at_compute.sealed if arm.at_compute is not None else None
    return Search(
        run.id, label_of(arm), run.seed, arm.cost, arm.curve, base, dev, arm.sealed, later,
        arm.arm in TUNED,
    )  # fmt: skip
