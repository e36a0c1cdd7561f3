"""The cognition base: published knowledge on memory and retrieval, asked by failure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tasks.recall.embedding import embed
from tasks.recall.entries import SHIPPED, load_entries
from tasks.recall.vectors import Row, VectorTable
from tasks.recall.weights import MODEL_DIGEST
from tasks.records.base import digest_of
from tasks.records.knowledge import KnowledgeEntry, KnowledgeHit


class Cognition:
    """The shipped entries and those of the user's own folders, searchable by meaning.

    The files are the truth; the table under `home` is rebuilt whenever their content changes.
    """

    def __init__(self, home: Path, extra: Iterable[Path] = ()) -> None:
        """Reads and checks the files; raises `DataError` for one that cannot be used."""
        self._home = home
        self._table = VectorTable(home, "cognition")
        self.entries: tuple[KnowledgeEntry, ...] = load_entries((SHIPPED, *extra))
        self.digest = digest_of([MODEL_DIGEST, *(entry.digest for entry in self.entries)])

    def consult(self, query: str, k: int) -> tuple[KnowledgeHit, ...]:
        """The k entries closest in meaning to the query, best first.

        `similarity` is the cosine of the sentence embeddings. Raises `DataError` when the model
        or the table cannot be used, `HomeBusyError` when another process is writing the table.
        """
        if self._table.stamp() != self.digest:
            self._build()
        hits = self._table.nearest(embed([query], self._home)[0], k)
        return tuple(
            KnowledgeHit(
                entry=KnowledgeEntry.model_validate_json(document),
                query=query,
                similarity=similarity,
            )
            for document, similarity in hits
        )

    def _build(self) -> None:
        rows = [Row(entry.id, "", entry.model_dump_json()) for entry in self.entries]
        self._table.replace(rows, embed([_said(e) for e in self.entries], self._home), self.digest)


def _said(entry: KnowledgeEntry) -> str:
    # Symptoms come before the text: a query describes a failure, and the model cuts long texts.
    return " ".join([f"{entry.title}.", *(f"{s}." for s in entry.symptoms), entry.text])
