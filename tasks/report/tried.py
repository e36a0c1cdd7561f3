"""Everything that was tried, as the page lists it: accepted first, then by verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.records.document import ChangeEntry, RunDocument
from tasks.report.diff import ShownDiff, shown
from tasks.report.waterfall import by_type

VERDICTS: dict[str, str] = {
    "contradicted": "held on dev, contradicted by the sealed split",
    "overfit": "gained only on items that the search saw",
    "indecisive": "neither gain nor loss beyond chance",
    "rejected": "tested and not better",
    "raced_out": "clear losers, stopped early",
    "superseded": "another change does the same",
    "disqualified": "failed an integrity check",
    "failed": "did not run",
    "idle": "changed no answer",
    "not_run": "not tried, the budget ended",
}
"""Verdicts other than accepted, nearest to success first, and what each means."""

_ACCEPTED_DIFF = 24_000
_OTHER_DIFFS = 1_200_000
_LEAST, _MOST = 600, 12_000
_ACCEPTED_TEXT, _OTHER_TEXT = 4_000, 700


@dataclass(frozen=True)
class Attempt:
    """A change with its anchor in the page and the part of its diff that is shown."""

    anchor: str
    change: ChangeEntry
    diff: ShownDiff
    rationale: str


@dataclass(frozen=True)
class Group:
    """Attempts that met the same verdict."""

    verdict: str
    meaning: str
    attempts: tuple[Attempt, ...]


def accepted(document: RunDocument) -> tuple[Attempt, ...]:
    """Accepted changes by type, in the waterfall's order."""
    return _attempts("accepted", by_type(document.accepted), _ACCEPTED_DIFF, _ACCEPTED_TEXT)


def groups(document: RunDocument) -> tuple[Group, ...]:
    """All others; the more there are, the less of each diff is shown: the page stays light."""
    share = _OTHER_DIFFS // max(1, len(document.rejected))
    most = min(_MOST, max(_LEAST, share))
    order = [*VERDICTS, *sorted({c.verdict for c in document.rejected} - VERDICTS.keys())]
    found = []
    for verdict in order:
        changes = [change for change in document.rejected if change.verdict == verdict]
        if changes:
            attempts = _attempts(verdict, changes, most, _OTHER_TEXT)
            found.append(Group(verdict.replace("_", " "), VERDICTS.get(verdict, ""), attempts))
    return tuple(found)


def _attempts(
    name: str, changes: Sequence[ChangeEntry], characters: int, text: int
) -> tuple[Attempt, ...]:
    return tuple(
        Attempt(
            anchor=f"{name}-{number}",
            change=change,
            diff=shown(change.diff, characters),
            rationale=_cut(change.rationale, text),
        )
        for number, change in enumerate(changes, start=1)
    )


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else f"{text[:characters].rstrip()}…"
