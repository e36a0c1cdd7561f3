"""Credit by type: Shapley sums with what is lost without the type, beside all tuning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.records.document import RunDocument
from tasks.records.score import Difference
from tasks.report import palette, wording
from tasks.report.palette import Colour
from tasks.report.rows import Lane, Row, rows_chart
from tasks.report.svg import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class _Point:
    row: Row
    difference: Difference | None
    colour: Colour
    marker: str
    out: Difference | None = None


def credit(document: RunDocument) -> Chart | None:
    """None while no type has earned anything that was measured."""
    if all(entry.earned is None for entry in document.by_type):
        return None
    points = _points(document)
    told = "; ".join(f"{point.row.label} {point.row.figure}" for point in points)
    return rows_chart(
        "credit",
        f"Credit by type of change on the development split: {told}.",
        [point.row for point in points],
        lambda axes, lane: _paint(axes, lane, points),
        axis=f"earned {document.metric.name}; right of zero is better",
        pitch=36,
    )


def _points(document: RunDocument) -> list[_Point]:
    known = {entry.change_type: entry for entry in document.by_type}
    points = []
    for kind, name in wording.TYPE_NAMES.items():
        if kind in known:
            entry = known[kind]
            label = f"{name} ({wording.counted(entry.changes, 'change')})"
            figure = _figure(entry.earned, entry.note)
            points.append(
                _Point(
                    Row(label, figure),
                    entry.earned,
                    palette.BY_TYPE[kind],
                    palette.MARKERS[kind],
                    entry.difference if entry.shapley is not None else None,
                )
            )
    arm = document.automl
    if arm is not None:
        label = f"All tuning: Optuna, {wording.counted(arm.evaluations, 'evaluation')}"
        figure = _figure(arm.gain, arm.note)
        points.append(_Point(Row(label, figure, strong=True), arm.gain, palette.MUTED, "D"))
    return points


def _figure(difference: Difference | None, note: str) -> str:
    if difference is None:
        return wording.line(note or "not measured", 34)
    return wording.difference(difference)


def _paint(axes: Axes, lane: Lane, points: list[_Point]) -> None:
    axes.axvline(0, color=palette.stand_in(palette.FAINT), linewidth=1)
    for position, point in enumerate(points):
        if point.difference is None:
            continue
        colour, bounds = palette.stand_in(point.colour), point.difference.interval
        axes.plot(
            [bounds.low, bounds.high], [lane.y(position)] * 2,
            color=colour, linewidth=2.4, solid_capstyle="round",
        )  # fmt: skip
        axes.plot(
            point.difference.delta, lane.y(position), point.marker, color=colour, markersize=8
        )
        if point.out is not None:
            axes.plot(
                point.out.delta, lane.y(position) + 0.2, "|", color=colour, markersize=9, alpha=0.8
            )
    axes.margins(x=0.08)
