"""The question in hand: which fields its answer must have, for whoever reads the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

FORM = "Answer with one JSON object of this form"
"""How instructions begin to say what an answer looks like; the schema and an example follow."""


def _anything(text: str) -> None:
    del text


@dataclass
class Question:
    """What an answer is checked against; `cut` says why the answer in hand is not whole.

    `check` raises ValueError, in words that help to mend the answer. `schema` and `example` are
    for people; both are empty where any text will do.
    """

    schema: str = ""
    example: str = ""
    check: Callable[[str], object] = _anything
    cut: str = ""


_CURRENT: ContextVar[Question | None] = ContextVar("whetstone_question", default=None)


def current_question() -> Question:
    """The question in hand; one that any text answers where a model is asked without fields."""
    return _CURRENT.get() or Question()


@contextmanager
def asking(question: Question) -> Iterator[Question]:
    """Makes `question` the one in hand."""
    token = _CURRENT.set(question)
    try:
        yield question
    finally:
        _CURRENT.reset(token)
