"""Dealing words out of the vocabularies so that conversations share as few as possible."""

from __future__ import annotations

import re

from memory_systems.lifelog.data_files import read
from memory_systems.lifelog.draw import Draw

_PART = re.compile(r"\{(\w+)\}")
_TRIES = 200


class Deck:
    """Every vocabulary is a shuffled pile, dealt from the top and shuffled again when it is empty.

    One deck serves a whole benchmark: what one conversation got, the next ones get last.
    """

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._piles: dict[str, list[str]] = {}

    def deal(self, vocabulary: str, taken: set[str]) -> str:
        """A word that is not in `taken`, to which it is added.

        Where the vocabulary has no word left that is not taken, one comes back.
        """
        word = self._next(vocabulary)
        for _ in range(_TRIES):
            if word not in taken:
                break
            word = self._next(vocabulary)
        taken.add(word)
        return word

    def _next(self, vocabulary: str) -> str:
        pile = self._piles.get(vocabulary)
        if not pile:
            pile = self._piles[vocabulary] = self._draw.shuffled(options(vocabulary))
        return self._composed(pile.pop())

    def _composed(self, entry: str) -> str:
        used: set[str] = set()

        def part(match: re.Match[str]) -> str:
            word = self._next(match[1])
            while word in used:
                word = self._next(match[1])
            used.add(word)
            return word

        return _PART.sub(part, entry)


def options(vocabulary: str) -> list[str]:
    """All entries of a vocabulary, in the file's order."""
    lexicon, knowledge = read("lexicon"), read("knowledge")
    return list(lexicon[vocabulary] if vocabulary in lexicon else knowledge[vocabulary])
