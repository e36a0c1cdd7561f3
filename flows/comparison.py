"""`whetstone compare`: searches beside each other, for a terminal; and two champions."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from stages.evaluations import arms_of, data_of
from stages.run import Run
from tasks.records.comparison import Against, Comparison
from tasks.records.score import Difference, Evaluation
from tasks.report import wording


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
    parts: list[RenderableType] = [_groups(comparison)]
    if comparison.against:
        parts += [Text(), _differences(comparison)]
    if comparison.types:
        parts += [Text(), _types(comparison)]
    for note in comparison.notes:
        parts += [Text(), Text(note, style="dim")]
    return Group(*parts)


def _groups(comparison: Comparison) -> Table:
    table = Table(
        "search", "seeds", "evaluations", "passes", "sandbox s", "cpu s", "dev", "sealed",
        box=None, pad_edge=False,
    )  # fmt: skip
    for group in comparison.groups:
        cost = group.cost
        table.add_row(
            group.name, ", ".join(map(str, group.seeds)), str(cost.evaluations),
            f"{cost.passes:.1f}", f"{cost.seconds:.1f}", f"{cost.cpu_seconds:.1f}",
            _score(group.dev), _score(group.sealed),
        )  # fmt: skip
    return table


def _differences(comparison: Comparison) -> Table:
    first = comparison.groups[0].name
    table = Table(f"{first} minus", box=None, pad_edge=False)
    for title in ("sealed, equal evaluations", "sealed, equal compute", "better on an item"):
        table.add_column(title)
    table.add_column("seeds ahead")
    for against in comparison.against:
        table.add_row(against.other, *_row(against))
    return table


def _row(against: Against) -> Iterator[str]:
    yield wording.tested(against.sealed)
    yield wording.tested(against.sealed_at_compute)
    yield wording.measured(against.superiority)
    yield f"{against.ahead} of {len(against.seeds)}"


def _types(comparison: Comparison) -> Table:
    table = Table(
        "type", "seed", "Shapley (dev)", "lost without it", "tuner", "it gained",
        box=None, pad_edge=False,
    )  # fmt: skip
    table.add_column("lost without it minus tuner, same items")
    table.add_column("beats all tuning")
    for entry in comparison.types:
        table.add_row(
            wording.TYPE_NAMES[entry.change_type], str(entry.seed),
            wording.tested(entry.shapley), wording.tested(entry.credit),
            entry.tuner, wording.tested(entry.tuning),
            wording.tested(entry.minus_tuning),
            {"yes": "yes", "no": "no", "open": "not told apart"}[entry.beats],
        )  # fmt: skip
    return table


def _score(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.4f}"
