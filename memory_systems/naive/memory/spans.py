"""Pieces of text that can be an answer."""

import re
from collections.abc import Callable

from memory.dates import NUMBERS

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
CLAUSE = re.compile(r"\s*[,;:.!]\s+|\s*[–—]\s*|\s-\s|\s+(?:because|but|so|and|or|&)\s+")
WORD = re.compile(r"[\w'-]+")
CAPTION = re.compile(r"^(?:a |an )?(?:photo|photography|picture|image)\w* of ")
QUOTED = re.compile(r"[\"“]([^\"”]{2,60})[\"”]")
NAME = re.compile(r"(?<=[a-z,] )((?:[A-Z][\w'-]+)(?:(?: of| the| and)? [A-Z][\w'-]+)*)")
NUMBER = r"\d+|" + "|".join(NUMBERS)
DURATION = re.compile(
    rf"\b((?:{NUMBER}|few|several|many|every|once|twice)[\w' -]{{0,12}}? "
    r"(?:second|minute|hour|day|week|month|year|time)s?)\b",
    re.IGNORECASE,
)
AMOUNT = re.compile(
    r"\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|once|twice)\b", re.IGNORECASE
)


def sentences(text: str) -> list[str]:
    return [part.strip() for part in SENTENCE.split(text) if part.strip()]


def shown(caption: str) -> str:
    """What a caption says that a picture shows."""
    return CAPTION.sub("", caption)


def names(sentence: str) -> list[str]:
    """Capitalised words inside a sentence."""
    return [match.group(1) for match in NAME.finditer(sentence)]


def brief(sentence: str, limit: int, keep: Callable[[str], bool]) -> str:
    """The words worth keeping, at most `limit`, with a comma between clauses."""
    clauses: list[str] = []
    for clause in CLAUSE.split(sentence):
        kept = [word for word in WORD.findall(clause) if keep(word)][:limit]
        limit -= len(kept)
        if kept:
            clauses.append(" ".join(kept))
    return ", ".join(clauses)
