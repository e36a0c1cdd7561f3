"""Slices before and after: where the score was lost, and where it was won back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tasks.records.document import RunDocument
from tasks.records.score import Estimate
from tasks.report import palette, wording
from tasks.report.rows import Lane, Row, rows_chart
from tasks.report.svg import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Split = Literal["sealed", "dev"]
SPLIT_NAMES: dict[Split, str] = {"sealed": "sealed split", "dev": "development split"}
_MOST_ROWS = 24
_GROUPS = "group"
"""The dimension of natural groups is for clustering; it is no property that a reader knows."""


@dataclass(frozen=True)
class Pair:
    """One slice of one split, at baseline and at the champion."""

    dimension: str
    value: str
    before: Estimate
    after: Estimate


def pairs(document: RunDocument, split: Split) -> tuple[Pair, ...]:
    """Every slice that both standings know, the whole first; none where nothing changed."""
    return tuple(_pairs(document, split))


def slices(document: RunDocument) -> tuple[Split, Chart] | None:
    """On the sealed split where both were measured on it, else on dev; None without slices."""
    for split in SPLIT_NAMES:
        shown = pairs(document, split)[:_MOST_ROWS]
        if len(shown) > 1:
            return split, _chart(document, split, shown)
    return None


def _pairs(document: RunDocument, split: Split) -> Iterator[Pair]:
    if document.baseline is None or document.champion is None or not document.accepted:
        return
    before, after = getattr(document.baseline, split), getattr(document.champion, split)
    if before is None or after is None:
        return
    yield Pair("", "all items", before, after)
    for dimension in before.by_slice:
        if dimension == _GROUPS:
            continue
        for value, estimate in before.by_slice[dimension].items():
            other = after.by_slice.get(dimension, {}).get(value)
            if other is not None:
                yield Pair(dimension, value, estimate, other)


def _chart(document: RunDocument, split: Split, shown: tuple[Pair, ...]) -> Chart:
    rows = [
        Row(
            f"{pair.dimension} · {pair.value}" if pair.dimension else pair.value,
            f"{wording.score(pair.before)} → {wording.score(pair.after)}, n={pair.after.n}",
            strong=not pair.dimension,
        )
        for pair in shown
    ]
    told = "; ".join(f"{row.label} {row.figure}" for row in rows)
    return rows_chart(
        "slices",
        f"Scores by slice on the {SPLIT_NAMES[split]}, before and after: {told}.",
        rows,
        lambda axes, lane: _paint(axes, lane, shown),
        axis=f"{document.metric.name}, {SPLIT_NAMES[split]}; open: baseline, filled: champion",
        pitch=34,
    )


def _paint(axes: Axes, lane: Lane, shown: tuple[Pair, ...]) -> None:
    ink, faint = palette.stand_in(palette.INK), palette.stand_in(palette.FAINT)
    for position, pair in enumerate(shown):
        y, apart = lane.y(position), lane.thickness / 4
        for estimate, shift, colour in ((pair.before, -apart, faint), (pair.after, apart, ink)):
            bounds = estimate.interval
            axes.plot([bounds.low, bounds.high], [y + shift] * 2, color=colour, linewidth=1.6)
        axes.plot(
            pair.before.score, y - apart, "o", markersize=7, markeredgewidth=1.6,
            markerfacecolor=palette.stand_in(palette.PAPER), markeredgecolor=faint,
        )  # fmt: skip
        axes.plot(pair.after.score, y + apart, "o", markersize=7, color=ink)
    axes.margins(x=0.05)
