"""The files of a mailbox: a request to read, the answer beside it, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from researchers.language_model.models.question import FORM, Question
from researchers.language_model.step import Step
from tasks.files import write_atomically

ENDINGS = (".answer.json", ".answer.md", ".answer.txt")


@dataclass(frozen=True)
class Letter:
    """One request's files. Its name is the step and the beginning of the request's digest.

    So a run that asks the same again, after a restart too, finds the answer that is there.
    """

    folder: Path
    name: str

    @classmethod
    def of(cls, folder: Path, step: Step, digest: str) -> Letter:
        """The letter of this request."""
        word = re.sub(r"[^a-z0-9]+", "-", (step.stage or "question").lower()).strip("-")
        return cls(folder, f"{word}-{digest[:16]}")

    @property
    def request(self) -> Path:
        """What to read."""
        return self.folder / f"{self.name}.md"

    @property
    def answer(self) -> Path:
        """Where the answer goes."""
        return self.folder / f"{self.name}{ENDINGS[0]}"

    @property
    def problem(self) -> Path:
        """What is wrong with the answer; there only while something is."""
        return self.folder / f"{self.name}.problem.md"

    def post(self, document: dict[str, Any], step: Step, question: Question) -> None:
        """Writes the request."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self.request, self._text(document, step, question))

    def read(self) -> str | None:
        """The answer's text; None while there is none."""
        for ending in ENDINGS:
            path = self.folder / f"{self.name}{ending}"
            if path.is_file():
                text = path.read_text(encoding="utf-8-sig", errors="replace")
                if text.strip():
                    return text
        return None

    def refuse(self, problem: str, question: Question) -> None:
        """Explains what is wrong with the answer that is there."""
        lines = [
            "# The answer could not be read",
            "",
            problem,
            "",
            f"Correct `{self.answer.name}` and save it: it is read again as soon as it changes.",
            "The form that is wanted:",
            "",
            "```",
            question.schema,
            "```",
        ]
        write_atomically(self.problem, "\n".join(lines) + "\n")

    def accept(self) -> None:
        """Takes the explanation away once the answer is sound."""
        self.problem.unlink(missing_ok=True)

    def _text(self, document: dict[str, Any], step: Step, question: Question) -> str:
        head = [
            f"# {step.purpose or step.stage or 'A question'}",
            "",
            f"Write the answer into `{self.answer.name}` in this folder. A chat model can be given "
            "this whole file as it is.",
            "",
        ]
        form = ["Any text is an answer.", ""]
        if question.schema:
            form = [
                "The answer is one JSON object of this form; a ```json fence around it is fine:",
                "", "```", question.schema, "```", "", "For example, in form only:",
                "", "```json", question.example, "```", "",
            ]  # fmt: skip
        body = ["## Instructions", "", _quoted(str(document["system"]))]
        for message in document["messages"]:
            who = "Request" if message["role"] == "user" else "Earlier answer"
            content = message["content"]
            body += ["", f"## {who}", "", content if isinstance(content, str) else str(content)]
        return "\n".join([*head, *form, *body]) + "\n"


def _quoted(system: str) -> str:
    """Instructions without the form, which stands above them in the file."""
    return system.partition(f"\n{FORM}")[0].strip()
