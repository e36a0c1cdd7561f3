"""Renaming: a proper name becomes another one everywhere, and predictions rename along."""

from __future__ import annotations

import re
from collections import Counter

from tasks.diagnose.probes.dates import FULL
from tasks.diagnose.probes.probe import Case, Given, Relation, asked
from tasks.diagnose.probes.walk import mapped, texts

NEW = ("Orvella", "Tamsk", "Wendrick", "Ilsebet", "Corvane")
_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_TITLES = re.compile(r"(?:^|[.!?\"“:]\s*)[A-Z][a-z]+")


def _case(given: Given) -> Case | str:
    questions = [text for item in given.items for text in texts(dict(item.question))]
    told = list(texts(given.context))
    name = _name(questions, told)
    if not name:
        return "no proper name stands in both the context and the questions"
    everything = "\n".join([*told, *questions])
    new = next((n for n in NEW if n.lower() not in everything.lower()), "")
    if not new:
        return "all substitute names occur already"
    pattern = re.compile(rf"\b{name}\b")

    def rename(text: str) -> str:
        return pattern.sub(new, text)

    return Case(
        f"the name {name} becomes {new} throughout",
        mapped(given.context, rename, keys=True),
        {item: mapped(dict(q), rename) for item, q in asked(given).items()},
        expected=rename,
    )


def _name(questions: list[str], told: list[str]) -> str:
    """The name that most questions hold; whole values of the context, such as authors, lead."""
    whole = Counter(text for text in told if _NAME.fullmatch(text))
    body = "\n".join(told)
    lower = set(re.findall(r"\b[a-z]{3,}\b", body))
    votes = Counter(
        word
        for text in questions
        for word in set(_NAME.findall(_TITLES.sub(" ", FULL.sub(" ", text))))
        if word.lower() not in lower and re.search(rf"\b{word}\b", body)
    )
    ranked = sorted(votes, key=lambda w: (w not in whole, -votes[w], w))
    return ranked[0] if ranked else ""


RENAMING = Relation("renaming", _case)
