"""Experience: every trial of every run, kept under its idea's meaning."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from tasks.errors import DataError
from tasks.recall.embedding import embed
from tasks.recall.vectors import Row, VectorTable
from tasks.records.knowledge import ExperienceEntry, ExperienceHit


class ExperienceStore:
    """What earlier runs under this home tried and how it went.

    Opening costs nothing and keeps nothing open. One process writes at a time; an entry is there
    once `remember` has returned, whatever happens to the process afterwards.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._table = VectorTable(home, "experience")

    def remember(self, entries: Sequence[ExperienceEntry]) -> None:
        """Stores the entries in one commit; an id seen before is replaced and becomes the newest.

        Raises `HomeBusyError` when another process keeps writing for 30 s.
        """
        newest = list({entry.id: entry for entry in entries}.values())
        rows = [Row(entry.id, entry.target, entry.model_dump_json()) for entry in newest]
        self._table.upsert(rows, embed([entry.idea for entry in newest], self._home))

    def recall(self, idea: str, k: int, target: str | None = None) -> tuple[ExperienceHit, ...]:
        """The k entries whose ideas are closest in meaning, best first, of one target or of all."""
        hits = self._table.nearest(embed([idea], self._home)[0], k, target)
        return tuple(
            ExperienceHit(entry=_entry(document), similarity=similarity)
            for document, similarity in hits
        )

    def all(self, target: str | None = None) -> tuple[ExperienceEntry, ...]:
        """Every entry in the order of being remembered, of one target or of all."""
        return tuple(_entry(document) for document in self._table.documents(target))


def _entry(document: str) -> ExperienceEntry:
    try:
        return ExperienceEntry.model_validate_json(document)
    except ValidationError as error:
        raise DataError(
            f"an entry of the experience store is of another version: {error.errors()[0]['msg']}",
            "use the version of Whetstone that wrote it, or another home with WHETSTONE_HOME",
        ) from error
