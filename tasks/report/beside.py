"""Two runs side by side: the same questions asked of both, and what their champions differ by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tasks.files import write_atomically
from tasks.records.document import ChangeEntry, RunDocument, Standing
from tasks.records.score import Difference, Estimate
from tasks.report import headline, palette, wording
from tasks.report.environment import environment, stylesheet

_Ask = Callable[[RunDocument], str]


@dataclass(frozen=True)
class Line:
    """One question with both answers; `apart` where the runs should agree and do not."""

    name: str
    left: str
    right: str
    apart: bool = False


@dataclass(frozen=True)
class Accepted:
    """A change that one or both runs accepted: the same diff on both sides stands in one row."""

    left: ChangeEntry | None
    right: ChangeEntry | None


@dataclass(frozen=True)
class SlicePair:
    """How both champions do on one slice; None where a run has no such slice."""

    name: str
    left: Estimate | None
    right: Estimate | None


def write_beside(
    left: RunDocument,
    right: RunDocument,
    differences: dict[str, Difference | None],
    folder: Path,
) -> Path:
    """Writes `beside-<right run>.html` into the folder and returns its path.

    `differences` are the left champion minus the right one by split, paired item by item; None
    where a split was not measured for both, or where the runs used different data.
    """
    page = folder / f"beside-{right.run}.html"
    write_atomically(page, render_beside(left, right, differences))
    return page


def render_beside(
    left: RunDocument, right: RunDocument, differences: dict[str, Difference | None]
) -> str:
    """The page's HTML; like the report it loads nothing and runs no script."""
    view: dict[str, Any] = {
        "left": left,
        "right": right,
        "css": Markup(stylesheet()),
        "colours": palette.COLOURS,
        "differences": differences,
        "settings": lines(left, right, _SETTINGS, must_agree=True),
        "findings": lines(left, right, _FINDINGS),
        "credit": lines(left, right, _credit_questions()),
        "accepted": matched(left, right),
        "slices": slice_pairs(left, right),
    }
    return environment().get_template("beside.html.j2").render(view)


def lines(
    left: RunDocument, right: RunDocument, asked: dict[str, _Ask], must_agree: bool = False
) -> tuple[Line, ...]:
    """Every question with both answers, without those to which neither has one."""
    answered = ((name, ask(left), ask(right)) for name, ask in asked.items())
    return tuple(
        Line(name, one, other, apart=must_agree and one != other)
        for name, one, other in answered
        if one or other
    )


def matched(left: RunDocument, right: RunDocument) -> tuple[Accepted, ...]:
    """Shared changes first, then those of the left run alone, then those of the right one."""
    mine = {change.diff: change for change in left.accepted}
    theirs = {change.diff: change for change in right.accepted}
    shared = [Accepted(mine[diff], theirs[diff]) for diff in mine if diff in theirs]
    return (
        *shared,
        *(Accepted(change, None) for diff, change in mine.items() if diff not in theirs),
        *(Accepted(None, change) for diff, change in theirs.items() if diff not in mine),
    )


def slice_pairs(left: RunDocument, right: RunDocument) -> tuple[SlicePair, ...]:
    """On the sealed split where both champions were measured on it, else on the other."""
    standings = [run.champion or run.baseline for run in (left, right)]
    one, other = (
        [s.sealed if s else None for s in standings]
        if all(s is not None and s.sealed for s in standings)
        else [s.dev if s else None for s in standings]
    )
    names = dict.fromkeys(
        (dimension, value)
        for summary in (one, other)
        if summary is not None
        for dimension, values in summary.by_slice.items()
        if dimension != "group"
        for value in values
    )
    return tuple(
        SlicePair(
            f"{dimension} · {value}",
            one.by_slice.get(dimension, {}).get(value) if one else None,
            other.by_slice.get(dimension, {}).get(value) if other else None,
        )
        for dimension, value in names
    )


def _score(standing: Standing | None, split: str) -> str:
    return wording.measured(getattr(standing, split) if standing else None)


_SETTINGS: dict[str, _Ask] = {
    "Target": lambda d: d.target,
    "Base commit": lambda d: d.base_commit[:12],
    "Metric": lambda d: f"{d.metric.name}, {d.metric.direction}",
    "Researcher": lambda d: d.researcher,
    "Seed": lambda d: str(d.seed),
    "Sandbox": lambda d: d.sandbox,
    "Packages": lambda d: d.environment.get("digest of all packages", "")[:12],
}
_FINDINGS: dict[str, _Ask] = {
    "Status": lambda d: d.status,
    "Sealed gain": lambda d: wording.tested(d.sealed_gain),
    "Champion, sealed": lambda d: _score(d.champion, "sealed"),
    "Development gain": lambda d: wording.tested(d.gain),
    "Champion, development": lambda d: _score(d.champion, "dev"),
    "Baseline, development": lambda d: _score(d.baseline, "dev"),
    "Accepted": lambda d: f"{len(d.accepted)} of {len(d.accepted) + len(d.rejected)} tried",
    "What earned it": headline.earned,
    "Against tuning alone": headline.against_tuning,
    "What it cost": headline.cost,
    "Why it ended": headline.ending,
}


def _credit_questions() -> dict[str, _Ask]:
    def asking(kind: str) -> _Ask:
        def ask(document: RunDocument) -> str:
            found = next((e for e in document.by_type if e.change_type == kind), None)
            if found is None:
                return "none accepted" if document.by_type else ""
            earned = wording.difference(found.earned) if found.earned else found.note
            return f"{earned} ({wording.counted(found.changes, 'change')})"

        return ask

    return {name: asking(kind) for kind, name in wording.TYPE_NAMES.items()}
