"""The best development score so far, against evaluations spent: the search beside Optuna."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.records.document import AutomlEntry, CurvePoint, RunDocument
from tasks.records.score import Summary
from tasks.report import palette, wording
from tasks.report.arm_ending import ARM_NAMES
from tasks.report.palette import Colour
from tasks.report.svg import Chart, Sheet, chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_STYLES: dict[str, tuple[Colour, str]] = {
    "declared": (palette.BY_TYPE["hyperparameter"], "--"),
    "literals": (palette.BY_TYPE["hyperparameter"], ":"),
    "random_edits": (palette.MUTED, "-."),
    "luck": (palette.FAINT, ":"),
}
"""How an arm's line is drawn: a colour, and dashes for those who do not see colours."""


def curve(document: RunDocument) -> Chart | None:
    """None before the first trial."""
    if len(document.curve) < 2:
        return None
    return chart(
        "curve",
        _alt(document),
        lambda narrow: 280 if narrow else 300,
        lambda s: _paint(s, document),
    )


def arms_of(document: RunDocument) -> tuple[AutomlEntry, ...]:
    """The arms of a run; documents of earlier versions have one at the most."""
    return document.arms or ((document.automl,) if document.automl else ())


def _paint(sheet: Sheet, document: RunDocument) -> None:
    axes = sheet.axes(left=46, top=26, right=16 if sheet.narrow else 150, bottom=44)
    axes.grid(axis="y", color=palette.stand_in(palette.RULE), linewidth=1)
    axes.set_axisbelow(True)
    axes.locator_params(nbins=5)
    muted = palette.stand_in(palette.MUTED)
    axes.set_xlabel("candidate evaluations", color=muted, fontsize=11)
    axes.set_title(
        wording.line(f"best {document.metric.name} so far, development split", 90),
        loc="left", fontsize=11, color=muted,
    )  # fmt: skip
    ends = []
    for arm in arms_of(document):
        if len(arm.curve) > 1:
            colour, dashes = _STYLES[arm.arm]
            ends.append(_line(axes, arm.curve, arm.dev, ARM_NAMES[arm.arm], colour, dashes))
    champion = document.champion.dev if document.champion else None
    ends.append(_line(axes, document.curve, champion, "Whetstone", palette.INK, "-"))
    axes.set_xlim(left=0)
    if sheet.narrow:
        axes.legend(
            loc="best", frameon=False, fontsize=11, labelcolor=palette.stand_in(palette.INK)
        )
    else:
        _label_ends(axes, ends)


_End = tuple[float, float, str, Colour]


def _line(
    axes: Axes,
    points: Sequence[CurvePoint],
    summary: Summary | None,
    name: str,
    colour: Colour,
    dashes: str,
) -> _End:
    x = [point.evaluations for point in points]
    y = [point.best for point in points]
    shade = palette.stand_in(colour)
    axes.plot(x, y, dashes, color=shade, linewidth=2, drawstyle="steps-post", label=name)
    if summary is not None:
        bounds = summary.interval
        axes.plot([x[-1]] * 2, [bounds.low, bounds.high], color=shade, linewidth=1.2)
        axes.plot(x[-1], summary.score, "o", color=shade, markersize=6)
    return x[-1], y[-1], name, colour


def _label_ends(axes: Axes, ends: Sequence[_End]) -> None:
    """Names at the ends of the lines, kept a line of text apart."""
    low, high = axes.get_ylim()
    gap = (high - low) * 0.075
    floor = float("-inf")
    for _, y, name, colour in sorted(ends, key=lambda end: end[1]):
        floor = max(y, floor + gap)
        axes.annotate(
            name, (1.0, floor), xycoords=("axes fraction", "data"), xytext=(14, 0),
            textcoords="offset points", va="center", color=palette.stand_in(colour), weight="bold",
        )  # fmt: skip


def _alt(document: RunDocument) -> str:
    parts = [_told("The search", document.curve)]
    parts += [_told(ARM_NAMES[arm.arm], arm.curve) for arm in arms_of(document) if arm.curve]
    return f"Best development score so far against evaluations. {' '.join(parts)}"


def _told(name: str, points: Sequence[CurvePoint]) -> str:
    first, last = points[0], points[-1]
    places = wording.decimals_for(first.best, last.best)
    return (
        f"{name} goes from {wording.number(first.best, places)} "
        f"to {wording.number(last.best, places)} in {last.evaluations} evaluations."
    )
