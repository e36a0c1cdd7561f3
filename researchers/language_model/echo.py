"""A model that says what it was given: it stands for a target whose answer is known already."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import dspy
from dspy.lm15 import Message, Request, Response, TextPart, Usage, response_to_events

_ANSWER: ContextVar[tuple[str, str]] = ContextVar("whetstone_echo", default=("", ""))


@contextmanager
def answering(field: str, answer: str) -> Iterator[None]:
    """Every predictor within answers so, in its field."""
    token = _ANSWER.set((field, answer))
    try:
        yield
    finally:
        _ANSWER.reset(token)


class Echo:
    """A DSPy engine."""

    @classmethod
    def model(cls) -> Any:
        """The model of this engine."""
        return dspy.LM("echo", engine=cls(), cache=False, num_retries=0)

    def complete(self, request: Request) -> Response:
        """The answer in hand as JSON."""
        field, answer = _ANSWER.get()
        text = json.dumps({field: answer}, ensure_ascii=False)
        return Response(
            id=None,
            model="echo",
            message=Message.assistant([TextPart(text)]),
            finish_reason="stop",
            usage=Usage(input_tokens=0, output_tokens=0),
        )

    def stream(self, request: Request) -> Iterator[Any]:
        """The same in one piece."""
        return iter(response_to_events(self.complete(request)))

    def close(self) -> None:
        """Nothing is open."""
