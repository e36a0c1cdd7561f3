"""Finding the memories that a question is about."""

import numpy as np

from memory.dense import DenseIndex
from memory.embed import Embedder
from memory.fusion import fuse
from memory.lexical import LexicalIndex
from memory.question import Question
from memory.records import Hit, Memory
from memory.settings import RetrievalSettings
from memory.tokens import words


class Retriever:
    """Searches one conversation, by words and by meaning."""

    def __init__(
        self, memories: list[Memory], embedder: Embedder, settings: RetrievalSettings
    ) -> None:
        self.memories, self.settings = memories, settings
        self.lexical = LexicalIndex(memories, settings.k1, settings.b)
        self.dense = DenseIndex(memories, embedder, settings.dense_pool)

    def search(self, questions: list[Question]) -> list[list[Hit]]:
        """For each question the `top_k` best memories, best first."""
        similar = self.dense.scores([question.text for question in questions])
        return [
            self.hits(fuse(self.lexical.scores(question.text), row, self.settings))
            for question, row in zip(questions, similar, strict=True)
        ]

    def hits(self, scores: np.ndarray) -> list[Hit]:
        best = float(scores.max()) or 1.0
        order = np.argsort(-scores, kind="stable")[: self.settings.top_k]
        chosen = [i for i in order if self.tells(self.memories[i])]
        return [Hit(self.memories[i], float(scores[i]) / best) for i in chosen]

    def tells(self, memory: Memory) -> bool:
        """Whether there is more in it than a "Thanks!"."""
        return bool(memory.caption) or len(words(memory.text)) >= self.settings.min_words
