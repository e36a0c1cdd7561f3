"""Making sentences: `[one|other|]` is a choice, `{slot}` is filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from memory_systems.lifelog.draw import Draw

SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_ARTICLE = re.compile(r"\b([Aa]) (?=[aeiouAEIOU])(?!uni|eu|uku|one|use)")
_SPACES = re.compile(r" {2,}")
_BEFORE_STOP = re.compile(r" +(?=[,.!?;:])")


class Grammar:
    """One speaker's way of putting things.

    Of every choice a speaker has only a part, its dialect, so that other speakers word the same
    event otherwise. Without a dialect all choices are open.
    """

    def __init__(self, draw: Draw, dialect: str | None = None) -> None:
        self._draw = draw
        self._dialect = dialect

    def say(self, templates: Sequence[str], values: Mapping[str, str]) -> str:
        """One of the templates with its choices made and its slots filled."""
        return self.fill(self._draw.pick(templates), values)

    def fill(self, template: str, values: Mapping[str, str]) -> str:
        """`{Slot}` gives the value of `slot` with a capital letter."""
        while _CHOICE.search(template):
            template = _CHOICE.sub(self._chosen, template)
        return tidy(SLOT.sub(lambda match: _value(match[1], values), template))

    def _chosen(self, match: re.Match[str]) -> str:
        choices: list[str] = match[1].split("|")
        if self._dialect is None:
            return self._draw.pick(choices)
        own = Draw(self._dialect, match[1]).shuffled(choices)[: (len(choices) + 1) // 2]
        return self._draw.pick(own)


def slots(template: str) -> tuple[str, ...]:
    """The names of the slots in a template, lower-cased."""
    return tuple(name.lower() for name in SLOT.findall(template))


def tidy(text: str) -> str:
    """Single spaces, none before punctuation, "an" before a vowel."""
    text = _BEFORE_STOP.sub("", _SPACES.sub(" ", text)).strip()
    return _ARTICLE.sub(r"\1n ", text)


def _value(name: str, values: Mapping[str, str]) -> str:
    if name in values:
        return values[name]
    value = values[name.lower()]
    return value[:1].upper() + value[1:]
