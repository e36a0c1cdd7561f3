"""What stage 22 finds: which change earned what, and how far tuning alone would have come."""

from __future__ import annotations

from collections.abc import Mapping

from tasks.records.base import Record
from tasks.records.change import ChangeType
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


class AutomlArm(Record):
    """What Optuna reached from the base over the declared knobs alone, after `evaluations`.

    `dev` and `sealed` are evaluations of `commit`, the best settings by dev; None where not made.
    """

    sampler: str
    evaluations: int
    parameters: Mapping[str, int | float | str | bool]
    commit: str
    dev: Evaluation | None
    sealed: Evaluation | None
    curve: tuple[CurvePoint, ...] = ()
    note: str = ""
