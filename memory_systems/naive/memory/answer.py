"""Putting what the reader found into words."""

from pathlib import Path

from memory.dates import Phrasing
from memory.model import ModelReader, model_name
from memory.question import Question
from memory.reader import Reader
from memory.records import Hit
from memory.settings import Settings


class Answerer:
    """Reads, then fills the templates of the prompts folder."""

    def __init__(self, settings: Settings, prompts: Path) -> None:
        def prompt(name: str) -> str:
            return (prompts / f"{name}.txt").read_text().strip()

        self.template, self.refusal = prompt("answer"), prompt("refusal")
        self.reader: Reader | ModelReader
        if model_name(settings.model):
            instructions = prompt("model").format(leave_out=prompt("leave_out"))
            self.reader = ModelReader(settings.model, instructions)
        else:
            phrasing = Phrasing(prompt("date"))
            self.reader = Reader(settings.reader, phrasing, prompt("leave_out").split())

    def answer(self, question: Question, hits: list[Hit]) -> str:
        found = self.reader.answer(question, hits)
        return self.template.format(answer=found) if found else self.refusal
