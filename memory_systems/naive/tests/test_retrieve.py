from collections.abc import Sequence

import numpy as np

from memory.lexical import LexicalIndex
from memory.question import analyse
from memory.records import Memory
from memory.retrieve import Retriever
from memory.settings import Settings

WORDS = ["puppy", "violin", "hello", "news"]


class WordEmbedder:
    """Stands in for MiniLM: one axis a word."""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.full((len(texts), 384), 1e-3, np.float32)
        for row, text in enumerate(texts):
            vectors[row, : len(WORDS)] += [word in text.lower() for word in WORDS]
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_lexical_finds_the_turn(memories: list[Memory]) -> None:
    index = LexicalIndex(memories, k1=1.5, b=0.75)
    assert index.scores("Who has a puppy?").argmax() == 1


def test_both_searches_together(memories: list[Memory], settings: Settings) -> None:
    questions = [
        analyse(text, ["Ana", "Ben"]) for text in ("What puppy is it?", "Who plays the violin?")
    ]
    found = Retriever(memories, WordEmbedder(), settings.retrieval).search(questions)
    assert [hits[0].memory.id for hits in found] == ["D1:2", "D1:4"]
    assert found[0][0].score == 1.0
