"""Answering with a language model through DSPy, for those who configure one."""

import os

from memory.question import Question
from memory.records import Hit
from memory.settings import ModelSettings


def model_name(settings: ModelSettings) -> str:
    """The model to use: MEMORY_MODEL in the environment wins over the settings."""
    return os.environ.get("MEMORY_MODEL") or settings.name


class ModelReader:
    """Same duty as `Reader.answer`; imports DSPy only when it is made."""

    def __init__(self, settings: ModelSettings, instructions: str) -> None:
        import dspy

        self.lm = dspy.LM(
            model_name(settings),
            temperature=settings.temperature,
            max_tokens=settings.max_tokens,
        )
        signature = dspy.Signature("memories: str, question: str -> answer: str", instructions)
        self.predict = dspy.Predict(signature)
        self.context = dspy.context

    def answer(self, question: Question, hits: list[Hit]) -> str:
        lines = [f"[{hit.memory.when:%d %B %Y}] {hit.memory.utterance}" for hit in hits]
        with self.context(lm=self.lm):
            answer = self.predict(memories="\n".join(lines), question=question.text).answer
        return str(answer).strip()
