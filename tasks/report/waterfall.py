"""The waterfall: baseline, what each accepted change earns, interaction if any, champion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.records.document import ChangeEntry, RunDocument
from tasks.records.score import Difference
from tasks.report import palette, wording
from tasks.report.palette import Colour
from tasks.report.rows import Lane, Row, rows_chart
from tasks.report.svg import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


ROUNDING = 1e-9
"""What credits may lack of the whole gain before the rest is shown as interaction."""


@dataclass(frozen=True)
class _Bar:
    """From `start` to `end` in the metric's own unit; `low` and `high` bound the end."""

    row: Row
    start: float
    end: float
    colour: Colour
    low: float | None = None
    high: float | None = None


def sign(document: RunDocument) -> int:
    """+1 where larger scores are better, -1 where smaller ones are."""
    return -1 if document.metric.direction == "minimize" else 1


def residual(document: RunDocument) -> float | None:
    """The whole gain minus the sum of the credits; None if not all are known. Shapley sums up."""
    parts = [change.earned for change in document.accepted]
    known = [part.delta for part in parts if part is not None]
    if document.gain is None or len(known) < len(parts) or not parts:
        return None
    return document.gain.delta - sum(known)


def waterfall(document: RunDocument) -> Chart | None:
    """None while there is nothing accepted to show."""
    if not document.accepted or document.baseline is None or document.champion is None:
        return None
    first, last = document.baseline.dev, document.champion.dev
    if first is None or last is None:
        return None
    bars = [_anchor("Baseline", first.score, wording.estimate(first), palette.FAINT)]
    at = first.score
    for change in by_type(document.accepted):
        bars.append(_step(change, at, sign(document)))
        at = bars[-1].end
    if abs(last.score - at) > ROUNDING:
        bars.append(_Bar(Row("Interaction", _interaction(document)), at, last.score, palette.MUTED))
    bars.append(_anchor("Champion", last.score, wording.estimate(last), palette.INK))
    alt = f"Waterfall on the development split: {wording.estimate(first)} at baseline" + "".join(
        f"; {wording.line(bar.row.label, 80)} {bar.row.figure}" for bar in bars[1:-1]
    )
    return rows_chart(
        "waterfall",
        f"{alt}; champion {wording.estimate(last)}.",
        [bar.row for bar in bars],
        lambda axes, lane: _paint(axes, lane, bars),
        axis=f"{document.metric.name}, development split",
    )


def by_type(changes: tuple[ChangeEntry, ...]) -> list[ChangeEntry]:
    """Types in their usual order, within a type the order of acceptance."""
    order = list(wording.TYPE_NAMES)
    return sorted(changes, key=lambda change: order.index(change.change_type))


def _anchor(label: str, score: float, figure: str, colour: Colour) -> _Bar:
    return _Bar(Row(label, figure, strong=True), 0.0, score, colour)


def _step(change: ChangeEntry, at: float, direction: int) -> _Bar:
    colour, earned = palette.BY_TYPE[change.change_type], change.earned
    if earned is None:
        return _Bar(Row(change.title, "not separable from the rest"), at, at, colour)
    return _Bar(
        Row(change.title, wording.difference(earned)),
        at,
        at + direction * earned.delta,
        colour,
        *sorted(at + direction * bound for bound in (earned.interval.low, earned.interval.high)),
    )


def _interaction(document: RunDocument) -> str:
    rest = residual(document)
    whole: Difference | None = document.gain
    if rest is None or whole is None:
        return "not known: a part is missing"
    return f"{wording.signed(rest, wording.decimals_for(whole.delta))}, whole minus parts"


def _paint(axes: Axes, lane: Lane, bars: list[_Bar]) -> None:
    rule, ink = palette.stand_in(palette.FAINT), palette.stand_in(palette.INK)
    for position, bar in enumerate(bars):
        axes.barh(
            lane.y(position), bar.end - bar.start, left=bar.start, height=lane.thickness,
            color=palette.stand_in(bar.colour),
        )  # fmt: skip
        if bar.low is not None and bar.high is not None:
            axes.plot([bar.low, bar.high], [lane.y(position)] * 2, color=ink, linewidth=1.2)
        if position + 1 < len(bars):
            steps = [lane.y(position), lane.y(position + 1)]
            axes.plot([bar.end] * 2, steps, color=rule, linewidth=0.8, zorder=0.5)
    reach = [value for bar in bars for value in (bar.end, bar.low, bar.high) if value is not None]
    axes.set_xlim(min(0.0, *reach), max(0.0, *reach) * 1.04 or 1.0)
