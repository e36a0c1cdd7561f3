"""A LanceDB table of JSON records with one vector each: the ground both memories stand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tasks.errors import DataError, HomeBusyError
from tasks.recall.weights import WIDTH

_LOCK_SECONDS = 30.0
_COMPACT_EVERY = 32
_BATCH_SPAN = 1_000_000
_STAMP = b"whetstone_stamp"


@dataclass(frozen=True)
class Row:
    """One record: `scope` is what a search may be narrowed to, `document` its JSON text."""

    id: str
    scope: str
    document: str


class VectorTable:
    """The table `name` in `<home>/lancedb`, opened anew by every call.

    Writers take turns through a lock file, and wait for it at most 30 s; readers never wait. Each
    write is one atomic commit: a process killed in the middle leaves the table as it was.
    """

    def __init__(self, home: Path, name: str) -> None:
        self._folder = home / "lancedb"
        self._name = name

    def stamp(self) -> str | None:
        """The mark that `replace` left, None while the table does not exist."""
        table = self._open()
        if table is None:
            return None
        metadata: dict[bytes, bytes] = table.schema.metadata or {}
        return metadata.get(_STAMP, b"").decode()

    def replace(self, rows: Sequence[Row], vectors: NDArray[np.float32], stamp: str) -> None:
        """Makes the rows the table's whole content."""
        with self._writing():
            self._create(rows, vectors, stamp)

    def upsert(self, rows: Sequence[Row], vectors: NDArray[np.float32]) -> None:
        """Adds the rows; one whose id is there already takes the old one's place."""
        if not rows:
            return
        with self._writing():
            table = self._open()
            if table is None:
                self._create(rows, vectors, "")
                return
            data = _arrow(rows, vectors, "", first=table.version * _BATCH_SPAN)
            merge = table.merge_insert("id").when_matched_update_all()
            merge.when_not_matched_insert_all().execute(data)
            if table.version % _COMPACT_EVERY == 0:
                table.optimize()

    def nearest(
        self, vector: NDArray[np.float32], k: int, scope: str | None = None
    ) -> list[tuple[str, float]]:
        """The k documents most similar to a unit vector, best first, with their cosine."""
        table = self._open()
        if table is None or k <= 0:
            return []
        search = table.search(vector).distance_type("cosine").limit(k)
        if scope is not None:
            search = search.where(_within(scope), prefilter=True)
        hits = search.select(["document", "_distance"]).to_arrow().to_pylist()
        return [(hit["document"], max(-1.0, min(1.0, 1.0 - hit["_distance"]))) for hit in hits]

    def documents(self, scope: str | None = None) -> list[str]:
        """Every document, in the order of being written."""
        table = self._open()
        if table is None:
            return []
        search = table.search().select(["document", "position"]).limit(table.count_rows())
        if scope is not None:
            search = search.where(_within(scope))
        rows = search.to_arrow().to_pylist()
        return [row["document"] for row in sorted(rows, key=lambda row: row["position"])]

    def _create(self, rows: Sequence[Row], vectors: NDArray[np.float32], stamp: str) -> None:
        data = _arrow(rows, vectors, stamp, first=0)
        mode = "create" if self._open() is None else "overwrite"
        self._database().create_table(self._name, data, mode=mode)

    def _database(self) -> Any:
        import lancedb  # type: ignore[import-untyped, unused-ignore]

        return lancedb.connect(self._folder)

    def _open(self) -> Any | None:
        # A table exists once its first commit does: a writer killed before leaves only its folder.
        folder = self._folder / f"{self._name}.lance"
        if not any(folder.glob("_versions/*.manifest")):
            return None
        try:
            return self._database().open_table(self._name)
        except (ValueError, RuntimeError) as error:
            raise DataError(
                f"the memory {folder} cannot be read: {error}",
                f"move it away and it is built anew, without what it remembered: mv {folder} /tmp",
            ) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / f"{self._name}.lock", timeout=_LOCK_SECONDS)
        try:
            lock.acquire()
        except Timeout as error:
            raise HomeBusyError(
                f"another process has been writing to {self._folder} for {_LOCK_SECONDS:.0f} s",
                "wait for it to end, or use another home with WHETSTONE_HOME",
            ) from error
        try:
            yield
        finally:
            lock.release()


def _arrow(rows: Sequence[Row], vectors: NDArray[np.float32], stamp: str, first: int) -> Any:
    """The rows as an Arrow table; positions start at `first`, which grows with every version."""
    import pyarrow as pa  # type: ignore[import-untyped]

    schema = pa.schema(
        {
            "id": pa.string(),
            "scope": pa.string(),
            "document": pa.string(),
            "position": pa.int64(),
            "vector": pa.list_(pa.float32(), WIDTH),
        },
        metadata={_STAMP: stamp.encode()},
    )
    columns = {
        "id": [row.id for row in rows],
        "scope": [row.scope for row in rows],
        "document": [row.document for row in rows],
        "position": [first + i for i in range(len(rows))],
        "vector": list(vectors),
    }
    return pa.Table.from_pydict(columns, schema=schema)


def _within(scope: str) -> str:
    quoted = scope.replace("'", "''")
    return f"scope = '{quoted}'"
