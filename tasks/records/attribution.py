"""What stage 22 finds: which change earned what, and how far tuning alone would have come."""

from __future__ import annotations

from collections.abc import Mapping

from tasks.records.base import Record
from tasks.records.change import ChangeType
from tasks.records.cost import Cost
from tasks.records.credit import CreditReport
from tasks.records.document import CurvePoint, TypeCredit
from tasks.records.score import Difference, Evaluation


class Contribution(Record):
    """What one accepted change earned.

    `shapley` is what it adds to those before it, averaged over orders: the main figure.
    `difference` is leave-one-out: all changes minus all but this one and those that need it.
    `alone` is what it adds to the base and its prerequisites, `needs`. None where not measured;
    `note` then says why.
    """

    change: str
    change_type: ChangeType
    difference: Difference | None
    note: str = ""
    shapley: Difference | None = None
    alone: Difference | None = None
    needs: tuple[str, ...] = ()


class Attribution(Record):
    """Credit of every accepted change and of every type, on the dev items of `full`."""

    contributions: tuple[Contribution, ...]
    by_type: tuple[TypeCredit, ...]
    full: Evaluation
    report: CreditReport


class ArmTrial(Record):
    """One evaluation of an AutoML arm, in order; what an arm is taken up again from.

    `value` is what the arm was told of it (None for a crash), `best` whether it became the best,
    and `parameters` what it then is. `repeats` says that its tree was known already, so that it
    cost nothing. `key` is the edit's id where it is one.
    """

    number: int
    title: str
    commit: str
    tree: str
    seed: int
    state: str
    value: float | None
    best: bool
    repeats: bool
    key: str
    parameters: Mapping[str, int | float | str | bool]
    cost: Cost


class ArmEnd(Record):
    """The best that an arm had found when a budget was used up, and on both splits how good it is.

    `sealed` is None where no opening was left. `seed` is that of the evaluations.
    """

    commit: str
    parameters: Mapping[str, int | float | str | bool]
    dev: Evaluation
    sealed: Evaluation | None
    seed: int
    cost: Cost


class AutomlArm(Record):
    """What an arm without diagnosis reached from the base: tuned knobs, or blind edits, or luck.

    `evaluations` counts those of distinct trees. `commit`, `parameters`, `dev` and `sealed` are of
    the best at equal evaluations: after as many passes of the metric as the budget allows.
    `at_compute` is the best after as many seconds of computing, None where that was no budget.
    `study` is the name of its Optuna study, empty where it has none.
    """

    arm: str = "declared"
    sampler: str
    evaluations: int
    parameters: Mapping[str, int | float | str | bool]
    commit: str
    dev: Evaluation | None
    sealed: Evaluation | None
    curve: tuple[CurvePoint, ...] = ()
    note: str = ""
    at_compute: ArmEnd | None = None
    budget_passes: float = 0.0
    budget_seconds: float | None = None
    cost: Cost = Cost()
    study: str = ""
