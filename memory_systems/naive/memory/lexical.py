"""Lexical search: BM25 over the terms of each memory."""

import numpy as np
from rank_bm25 import BM25Okapi

from memory.records import Memory
from memory.tokens import terms


class LexicalIndex:
    def __init__(self, memories: list[Memory], k1: float, b: float) -> None:
        corpus = [terms(memory.content) or ["-"] for memory in memories]
        self.bm25 = BM25Okapi(corpus, k1=k1, b=b)

    def scores(self, question: str) -> np.ndarray:
        """One BM25 score a memory, in the order of the memories."""
        return np.asarray(self.bm25.get_scores(terms(question)))
