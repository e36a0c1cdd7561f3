"""Charts made of rows: a label, a drawing to a common scale, and the figure in words."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.report import palette
from tasks.report.svg import Chart, Sheet, chart
from tasks.report.wording import line, typeset

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LABEL, _FIGURE = 256, 200
"""Widths in pixels of the two columns of words on a wide sheet."""

_AXIS = 34
_CHARACTERS = {False: 37, True: 50}
_LINES = {False: 2, True: 1}


@dataclass(frozen=True)
class Row:
    """One row's words; `strong` ones are anchors such as baseline and champion."""

    label: str
    figure: str
    strong: bool = False


@dataclass(frozen=True)
class Lane:
    """Where drawings go in a row: on a narrow sheet below the words, else beside them."""

    narrow: bool

    def y(self, position: int) -> float:
        """The height of a row's drawing."""
        return position + (0.17 if self.narrow else 0.0)

    @property
    def thickness(self) -> float:
        """How thick a bar is, in rows."""
        return 0.26 if self.narrow else 0.56


Painter = Callable[["Axes", Lane], None]


def rows_chart(
    name: str, alt: str, rows: Sequence[Row], paint: Painter, axis: str, pitch: int = 36
) -> Chart:
    """Row `i` is painted at height `i`, counted downwards; `axis` names the horizontal scale."""

    def height(narrow: bool) -> int:
        return len(rows) * (pitch + 34 if narrow else pitch) + _AXIS + 8

    def draw(sheet: Sheet) -> None:
        axes = _axes(sheet, axis)
        # On a narrow sheet the words stand above what they describe, in the same row.
        axes.set_ylim(len(rows) - 0.5 + (0.1 if sheet.narrow else 0), -0.5 - 0.3 * sheet.narrow)
        paint(axes, Lane(sheet.narrow))
        for position, row in enumerate(rows):
            _write(axes, sheet, position, row)

    return chart(name, alt, height, draw)


def _axes(sheet: Sheet, axis: str) -> Axes:
    axes = sheet.axes(
        left=8 if sheet.narrow else _LABEL,
        right=8 if sheet.narrow else _FIGURE,
        top=4,
        bottom=_AXIS,
    )
    axes.set_yticks([])
    axes.grid(axis="x", color=palette.stand_in(palette.RULE), linewidth=1)
    axes.set_axisbelow(True)
    axes.locator_params(axis="x", nbins=4 if sheet.narrow else 5)
    axes.set_xlabel(line(axis, 90), color=palette.stand_in(palette.MUTED), fontsize=11, labelpad=2)
    return axes


def _write(axes: Axes, sheet: Sheet, position: int, row: Row) -> None:
    label, figure = _wrapped(row.label, sheet.narrow), typeset(row.figure)
    weight = "bold" if row.strong else "normal"
    muted = palette.stand_in(palette.MUTED)
    place = axes.get_yaxis_transform()
    if sheet.narrow:
        ground = {"facecolor": palette.stand_in(palette.PAPER), "linewidth": 0, "pad": 1.5}
        axes.text(
            0, position - 0.42, label, transform=place, va="center", weight=weight, bbox=ground
        )
        axes.text(
            0, position - 0.19, figure,
            transform=place, va="center", color=muted, fontsize=11, bbox=ground,
        )  # fmt: skip
        return
    width = sheet.width - _LABEL - _FIGURE
    axes.text(
        -_LABEL / width, position, label,
        transform=place, va="center", weight=weight, fontsize=11.5, linespacing=1.15,
    )  # fmt: skip
    axes.text(
        1 + _FIGURE / width, position, figure,
        transform=place, va="center", ha="right", color=muted, fontsize=11.5,
    )  # fmt: skip


def _wrapped(label: str, narrow: bool) -> str:
    width, lines = _CHARACTERS[narrow], _LINES[narrow]
    kept = line(label, 200)
    return "\n".join(
        textwrap.wrap(kept, width, max_lines=lines, placeholder="…", break_on_hyphens=False)
    )
