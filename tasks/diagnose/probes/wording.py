"""Wording of the question: its case and its punctuation, which do not change what is asked."""

from __future__ import annotations

from collections.abc import Callable

from tasks.diagnose.probes.probe import Case, Given, Relation, asked
from tasks.diagnose.probes.walk import mapped

_MARKS = " ?!.…"


def _reworded(what: str, change: Callable[[str], str]) -> Callable[[Given], Case | str]:
    def case(given: Given) -> Case | str:
        questions = {
            item: mapped(dict(question), lambda text: change(text) if _is_prose(text) else text)
            for item, question in asked(given).items()
        }
        if questions == {item: dict(question) for item, question in asked(given).items()}:
            return "no question changes by it"
        return Case(what, given.context, questions)

    return case


def _is_prose(text: str) -> bool:
    return len(text.split()) > 2


def _unpunctuated(text: str) -> str:
    return f"{text.rstrip(_MARKS)} ?" if text.rstrip(_MARKS) != text else f"{text}."


CASE = Relation("case", _reworded("questions are written in lower case", str.lower))
PUNCTUATION = Relation(
    "punctuation",
    _reworded("the last mark of a question stands apart, or is added", _unpunctuated),
)
