"""What a question asks for, and about whom."""

import re
from dataclasses import dataclass

from memory.tokens import terms, words

YES_NO = frozenset("is are was were do does did has have had can could would will should".split())
DATED = re.compile(r"when|\b(?:which|what) (?:year|month|date|day)\b")
LONG = re.compile(r"\bhow (?:long|often|old)\b")
MANY = re.compile(r"\bhow (?:many|much)\b")
LIST = re.compile(
    r"(?:what|which) (?:\w+ ){0,2}\w{3,}[^s]s (?:do|does|did|has|have|are|were|is|was)\b"
)
TITLE = re.compile(
    r"^(?:what|which)\b.*\b(?:book|movie|song|film|title|called|novel|series|album)\b"
)
NAME = re.compile(
    r"who|where|\bnames? of\b"
    r"|\b(?:which|what) (?:\w+ )?(?:city|country|state|place|game|band|name|brand|team|company)\b"
)
VISUAL = re.compile(
    r"\b(?:photo|picture|image|pic|show|share|painting|drawing|post)", re.IGNORECASE
)


@dataclass(frozen=True)
class Question:
    """`subject` is the one speaker asked about; empty for none or several."""

    text: str
    kind: str
    subject: str
    terms: frozenset[str]
    speakers: frozenset[str]
    visual: bool


def kind_of(text: str) -> str:
    """One of when, how_long, how_many, yes_no, list, title, name and fact."""
    asked = text.lower().strip()
    if words(asked)[:1] and words(asked)[0] in YES_NO:
        return "yes_no"
    kinds = {"when": DATED, "how_long": LONG, "how_many": MANY, "list": LIST}
    kinds |= {"title": TITLE, "name": NAME}
    return next((kind for kind, pattern in kinds.items() if pattern.search(asked)), "fact")


def subject_of(text: str, speakers: list[str]) -> str:
    asked = words(text)
    named = [speaker for speaker in speakers if speaker.lower() in asked]
    return named[0] if len(named) == 1 else ""


def analyse(text: str, speakers: list[str]) -> Question:
    names = {term for speaker in speakers for term in terms(speaker)}
    return Question(
        text=text,
        kind=kind_of(text),
        subject=subject_of(text, speakers),
        terms=frozenset(terms(text)) - names,
        speakers=frozenset(speakers),
        visual=bool(VISUAL.search(text)),
    )
