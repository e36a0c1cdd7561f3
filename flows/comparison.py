"""`whetstone compare`: runs beside each other, paired item by item on what they both measured."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from stages.document import build_document
from stages.evaluations import Arm, arms_of, data_of
from stages.run import Run
from tasks.errors import WhetstoneError
from tasks.records.base import Record
from tasks.records.document import TypeCredit
from tasks.records.score import Difference, Evaluation
from tasks.report import wording


class ArmRow(Record):
    """One arm: its own scores, and its paired difference against the first arm's."""

    run: str
    arm: str
    evaluations: int
    dev: float | None
    sealed: float | None
    behind_dev: Difference | None
    behind_sealed: Difference | None


class Comparison(Record):
    """The first row is the one that all others are compared with (first minus other)."""

    target: str
    rows: tuple[ArmRow, ...]
    by_type: tuple[TypeCredit, ...]


def compare_runs(run: Run, others: Sequence[Run]) -> Comparison:
    """Champion, AutoML arm and baseline of `run`, then the arms of the others.

    Raises WhetstoneError when runs were made on different data.
    """
    arms = list(arms_of(run))
    if not arms:
        raise WhetstoneError(
            f"run {run.id} has no evaluated arm yet", "wait until its first round is over"
        )
    for other in others:
        if data_of(other) != data_of(run):
            raise WhetstoneError(
                f"runs {run.id} and {other.id} used different data",
                "compare runs of one target on one data set",
            )
        arms += [arm for arm in arms_of(other) if arm.name != "baseline"]
    first = arms[0]
    return Comparison(
        target=run.target.name,
        rows=tuple(_row(run, first, arm) for arm in arms),
        by_type=build_document(run).by_type,
    )


def champions_apart(left: Run, right: Run) -> dict[str, Difference | None]:
    """The left champion minus the right one by split; None where that cannot be told.

    A run that accepted nothing has its base for a champion.
    """
    arms = [next(iter(arms_of(run)), None) for run in (left, right)]
    one, other = arms

    def apart(mine: Evaluation | None, theirs: Evaluation | None) -> Difference | None:
        return left.difference(mine, theirs) if mine and theirs else None

    if one is None or other is None or data_of(left) != data_of(right):
        return {"sealed": None, "dev": None}
    return {"sealed": apart(one.sealed, other.sealed), "dev": apart(one.dev, other.dev)}


def comparison_table(comparison: Comparison) -> RenderableType:
    """The comparison for a terminal."""
    table = Table("run", "arm", "evaluations", "dev", "sealed", box=None, pad_edge=False)
    table.add_column(f"{comparison.rows[0].arm} minus this, sealed")
    for row in comparison.rows:
        table.add_row(
            row.run, row.arm, str(row.evaluations), _score(row.dev), _score(row.sealed),
            _difference(row.behind_sealed),
        )  # fmt: skip
    credit = Table("type", "changes", "earned together (dev)", box=None, pad_edge=False)
    for entry in comparison.by_type:
        credit.add_row(entry.change_type, str(entry.changes), _difference(entry.difference))
    return Group(table, Text(), credit) if comparison.by_type else table


def _row(run: Run, first: Arm, arm: Arm) -> ArmRow:
    same = arm is first
    return ArmRow(
        run=arm.run,
        arm=arm.name,
        evaluations=arm.evaluations,
        dev=arm.dev.mean if arm.dev else None,
        sealed=arm.sealed.mean if arm.sealed else None,
        behind_dev=None if same or not (first.dev and arm.dev)
        else run.difference(first.dev, arm.dev),
        behind_sealed=None if same or not (first.sealed and arm.sealed)
        else run.difference(first.sealed, arm.sealed),
    )  # fmt: skip


def _score(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.4f}"


def _difference(d: Difference | None) -> str:
    if d is None:
        return ""
    return f"{wording.difference(d)}, {wording.p_value(d)}"
