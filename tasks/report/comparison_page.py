"""The page of a comparison: curves of every search with bands over seeds, and the tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tasks.files import write_atomically
from tasks.records.comparison import ArmGroup, Band, Comparison
from tasks.report import palette, wording
from tasks.report.environment import environment, stylesheet
from tasks.report.palette import Colour
from tasks.report.svg import Chart, Sheet, chart

_LINES: tuple[tuple[Colour, str], ...] = (
    (palette.INK, "-"),
    (palette.BY_TYPE["hyperparameter"], "--"),
    (palette.BY_TYPE["architecture"], "-."),
    (palette.BY_TYPE["prompt"], ":"),
    (palette.BY_TYPE["bug_fix"], (0, (6, 2, 1, 2, 1, 2))),  # type: ignore[assignment]
    (palette.FAINT, "-"),
)
"""Colour and dashes of a curve, by its place: dashes tell them apart where colour cannot."""


def write_comparison(comparison: Comparison, path: Path) -> Path:
    """Writes the page and returns its path; it loads nothing and runs no script."""
    write_atomically(path, render_comparison(comparison))
    return path


def render_comparison(comparison: Comparison) -> str:
    """The page's HTML."""
    by_passes = {group.name: group.by_passes for group in comparison.groups}
    by_seconds = {group.name: group.by_seconds for group in comparison.groups}
    passes = "passes over the development items, everything counted"
    view: dict[str, Any] = {
        "c": comparison,
        "css": Markup(stylesheet()),
        "colours": palette.COLOURS,
        "type_names": wording.TYPE_NAMES,
        "charts": [
            _curves("passes", passes, comparison, by_passes),
            _curves("seconds", "seconds in the sandbox", comparison, by_seconds),
        ],
        "figures": wording.decimals_for(*(g.dev for g in comparison.groups if g.dev is not None)),
    }
    return environment().get_template("comparison.html.j2").render(view)


def _curves(
    name: str, unit: str, comparison: Comparison, bands: dict[str, tuple[Band, ...]]
) -> Chart:
    told = [_told(group, bands[group.name]) for group in comparison.groups]
    return chart(
        f"best-by-{name}",
        f"Best development score so far against {unit}. {' '.join(told)}",
        lambda narrow: 320 if narrow else 340,
        lambda sheet: _paint(sheet, unit, comparison, bands),
    )


def _paint(
    sheet: Sheet, unit: str, comparison: Comparison, bands: dict[str, tuple[Band, ...]]
) -> None:
    axes = sheet.axes(left=46, top=26, right=16, bottom=44)
    axes.grid(axis="y", color=palette.stand_in(palette.RULE), linewidth=1)
    axes.set_axisbelow(True)
    muted = palette.stand_in(palette.MUTED)
    axes.set_xlabel(unit, color=muted, fontsize=11)
    title = wording.line(f"best {comparison.metric} so far, development split", 90)
    axes.set_title(title, loc="left", fontsize=11, color=muted)
    end = max((points[-1].x for points in bands.values() if points), default=0.0)
    for place, (name, points) in enumerate(bands.items()):
        colour, dashes = _LINES[place % len(_LINES)]
        shade = palette.stand_in(colour)
        x, mean = _steps(points, end)
        axes.plot(x, mean, linestyle=dashes, color=shade, linewidth=2, drawstyle="steps-post",
                  label=wording.line(name, 40))  # fmt: skip
        _shade(axes, points, end, shade)
    axes.set_xlim(left=0)
    axes.legend(loc="best", frameon=False, fontsize=11, labelcolor=palette.stand_in(palette.INK))


def _shade(axes: Any, points: Sequence[Band], end: float, shade: str) -> None:
    """The interval over seeds, where there are enough of them."""
    known = [(point.x, point.interval) for point in points if point.interval is not None]
    if not known:
        return
    x = [at for at, _ in known] + [end]
    low = [interval.low for _, interval in known]
    high = [interval.high for _, interval in known]
    axes.fill_between(x, [*low, low[-1]], [*high, high[-1]], step="post", color=shade, alpha=0.15,
                      linewidth=0)  # fmt: skip


def _steps(points: Sequence[Band], end: float) -> tuple[list[float], list[float]]:
    """The curve, drawn on to the end of the longest one: it keeps its best."""
    return [p.x for p in points] + [end], [p.mean for p in points] + [points[-1].mean]


def _told(group: ArmGroup, points: Sequence[Band]) -> str:
    first, last = points[0], points[-1]
    places = wording.decimals_for(first.mean, last.mean)
    seeds = wording.counted(last.n, "seed")
    return (
        f"{group.name}, {seeds}: from {wording.number(first.mean, places)} to "
        f"{wording.number(last.mean, places)} at {last.x:.1f}."
    )
