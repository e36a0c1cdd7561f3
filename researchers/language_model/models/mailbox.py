"""The mailbox: a source of answers that somebody else writes into files, however long it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dspy import lm15

from researchers.language_model.models.desk import Desk
from researchers.language_model.models.digest import rendered, request_digest, steady
from researchers.language_model.models.errors import ModelUnavailable
from researchers.language_model.models.letters import Letter
from researchers.language_model.models.question import Question, current_question
from researchers.language_model.step import current_step
from tasks.records.usage import ModelEvent

LOOK = 0.25
"""Seconds between looks for an answer."""


class Mailbox:
    """Waits for answers in a folder. Nothing is lost by a restart: the same request, the same file.

    Raises ModelUnavailable when the run is interrupted while it waits.
    """

    def __init__(
        self, folder: Path, desk: Desk, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.folder, self._desk, self._sleep = folder, desk, sleep

    def complete(self, request: Any) -> Any:
        """See Source."""
        step, question = current_step(), current_question()
        document = rendered(request)
        digest = request_digest(steady(document, self._desk.places))
        letter = Letter.of(self.folder, step, digest)
        letter.post(document, step, question)
        text = self._awaited(letter, question)
        return lm15.Response(
            id=None,
            model=request.model,
            message=lm15.Message.assistant(text),
            finish_reason="stop",
            usage=lm15.Usage(),
        )

    def _awaited(self, letter: Letter, question: Question) -> str:
        started, refused, due = time.monotonic(), "", 0.0
        while True:
            text = letter.read()
            if text is not None and text != refused:
                problem = _problem(text, question)
                if not problem:
                    letter.accept()
                    return text
                if self._whole(letter, text):
                    refused = text
                    letter.refuse(problem, question)
                    self._say("malformed", f"{letter.problem.name} says what is wrong")
            waited = (time.monotonic() - started) / 60
            if waited >= due:
                due = max(1.0, 2 * due)
                since = f"{waited:.0f} min " if waited >= 1 else ""
                self._say("waiting", f"{since}for {letter.answer}; the request is {letter.request}")
            self._desk.show(f"waiting {waited:.0f} min for {letter.answer.name}")
            if self._desk.cancelled:
                raise ModelUnavailable(
                    f"the run was interrupted while it waited for {letter.answer}",
                    "write the answer when you like, then go on with `--resume latest`",
                )
            self._sleep(LOOK)

    def _whole(self, letter: Letter, text: str) -> bool:
        """Whether a file is as its author wants it: one being written still changes."""
        self._sleep(LOOK)
        return letter.read() == text

    def _say(self, kind: str, detail: str) -> None:
        event = ModelEvent(kind=kind, detail=detail, stage=current_step().stage, at=time.time())
        self._desk.happened(event)


def _problem(text: str, question: Question) -> str:
    try:
        question.check(text)
    except ValueError as error:
        return str(error)
    return ""
