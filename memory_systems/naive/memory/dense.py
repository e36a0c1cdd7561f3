"""Dense search: MiniLM vectors in a LanceDB table."""

import os
import tempfile

import numpy as np

from memory.embed import SIZE, Embedder
from memory.records import Memory


class DenseIndex:
    def __init__(self, memories: list[Memory], embedder: Embedder, pool: int) -> None:
        import lancedb
        import pyarrow as pa

        self.embedder, self.pool, self.size = embedder, pool, len(memories)
        vectors = embedder.embed([memory.utterance for memory in memories])
        self.folder = tempfile.TemporaryDirectory(prefix="memory-", dir=os.environ.get("TMPDIR"))
        rows = pa.table(
            {
                "position": [memory.position for memory in memories],
                "vector": pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), SIZE),
            }
        )
        self.table = lancedb.connect(self.folder.name).create_table("memories", rows)

    def scores(self, questions: list[str]) -> np.ndarray:
        """Cosine similarities, a row a question; 0 for memories outside the nearest `pool`."""
        vectors = self.embedder.embed(questions)
        found = np.zeros((len(questions), self.size))
        search = self.table.search(list(vectors)).limit(self.pool)
        hits = search.select(["position", "_distance"]).to_arrow()
        queries = hits["query_index"].to_numpy() if len(questions) > 1 else np.zeros(len(hits), int)
        similar = np.maximum(0.0, 1.0 - hits["_distance"].to_numpy())
        found[queries, hits["position"].to_numpy()] = similar
        return found
