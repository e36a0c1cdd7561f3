"""Sentence embeddings, cached by text digest: a text seen before needs no model and no torch."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tasks.errors import DataError
from tasks.recall.weights import MODEL_DIGEST, WIDTH

_BUSY_SECONDS = 30.0
_QUERY_ROWS = 500


def embed(texts: Sequence[str], home: Path | None = None) -> NDArray[np.float32]:
    """Unit vectors [n, 384] of the texts, in order.

    With a `home`, vectors are kept in `<home>/cache/embeddings.sqlite` by text digest, shared by
    threads and processes; the model is loaded only for texts that are not there. Vectors may
    differ in the seventh digit with the batch a text was first computed in.

    Raises `DataError` when the model is missing or altered, or the cache file cannot be read.
    """
    keys = [sha256(f"{MODEL_DIGEST}\n{text}".encode()).digest() for text in texts]
    by_key = dict(zip(keys, texts, strict=True))
    vectors = _read(home, list(by_key))
    missing = [key for key in by_key if key not in vectors]
    if missing:
        from tasks.recall.minilm import load_minilm

        computed = load_minilm().encode([by_key[key] for key in missing])
        fresh = dict(zip(missing, computed, strict=True))
        _write(home, fresh)
        vectors = {**vectors, **fresh}
    if not keys:
        return np.empty((0, WIDTH), dtype=np.float32)
    return np.stack([vectors[key] for key in keys])


def _file(home: Path) -> Path:
    return home / "cache" / "embeddings.sqlite"


def _read(home: Path | None, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
    if home is None or not _file(home).exists():
        return {}
    found: dict[bytes, NDArray[np.float32]] = {}
    with closing(_connect(home)) as connection:
        for start in range(0, len(keys), _QUERY_ROWS):
            part = keys[start : start + _QUERY_ROWS]
            marks = ",".join("?" * len(part))
            rows = connection.execute(
                f"SELECT key, vector FROM embedding WHERE key IN ({marks})", part
            )
            found |= {key: np.frombuffer(vector, dtype="<f4") for key, vector in rows}
    return found


def _write(home: Path | None, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
    if home is None:
        return
    _file(home).parent.mkdir(parents=True, exist_ok=True)
    with closing(_connect(home)) as connection, connection:
        connection.executemany(
            "INSERT OR IGNORE INTO embedding VALUES (?, ?)",
            [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()],
        )


def _connect(home: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(_file(home), timeout=_BUSY_SECONDS)
    try:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS embedding (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"
        )
    except sqlite3.DatabaseError as error:
        connection.close()
        raise DataError(
            f"the embedding cache {_file(home)} cannot be used: {error}",
            f"delete it, nothing is lost but time: rm {_file(home)}",
        ) from error
    return connection
