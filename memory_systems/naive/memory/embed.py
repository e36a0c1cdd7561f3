"""Sentence vectors from MiniLM, kept between runs by the digest of their text."""

import os
import sqlite3
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

SIZE = 384


class VectorCache:
    """Vectors in one SQLite file, keyed by the digest of the text."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(folder / "minilm.sqlite")
        self.connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors (digest TEXT PRIMARY KEY, vector BLOB)"
        )

    def get(self, digests: Sequence[str]) -> dict[str, np.ndarray]:
        found: dict[str, np.ndarray] = {}
        for start in range(0, len(digests), 500):
            chunk = digests[start : start + 500]
            marks = ",".join("?" * len(chunk))
            rows = self.connection.execute(
                f"SELECT digest, vector FROM vectors WHERE digest IN ({marks})", chunk
            )
            found.update((digest, np.frombuffer(blob, np.float32)) for digest, blob in rows)
        return found

    def put(self, vectors: dict[str, np.ndarray]) -> None:
        rows = [(digest, vector.tobytes()) for digest, vector in vectors.items()]
        with self.connection:
            self.connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)


class Embedder:
    """Embeds texts, asking the model only for those that the cache lacks."""

    def __init__(self, batch_size: int = 64) -> None:
        folder = os.environ.get("WHETSTONE_CACHE") or Path.home() / ".cache" / "memory"
        self.cache = VectorCache(Path(folder))
        self.batch_size = batch_size

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """One unit-length row a text, float32."""
        digests = [sha256(text.encode()).hexdigest() for text in texts]
        known = self.cache.get(sorted(set(digests)))
        missing = {d: text for d, text in zip(digests, texts, strict=True) if d not in known}
        if missing:
            order = sorted(missing, key=lambda digest: len(missing[digest]))
            fresh: dict[str, np.ndarray] = {}
            for start in range(0, len(order), self.batch_size):
                batch = order[start : start + self.batch_size]
                fresh.update(zip(batch, encode([missing[d] for d in batch]), strict=True))
            self.cache.put(fresh)
            known |= fresh
        if not digests:
            return np.zeros((0, SIZE), np.float32)
        return np.stack([known[digest] for digest in digests])


_model = None


def encode(texts: Sequence[str]) -> np.ndarray:
    """Mean-pooled, normalised MiniLM vectors."""
    global _model
    if _model is None:
        from memory.minilm import MiniLM

        _model = MiniLM()
    return _model(texts)
