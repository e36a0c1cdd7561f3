"""Values: cheap summaries of arguments and results, to be told apart by item."""

from __future__ import annotations

from typing import Any

from .kinds import PLAIN, size

PER_ITEM = 8
"""Calls of one function that are looked at for each item."""
SUMMARIES = 64
"""Summaries kept for one function."""
RESULT = "return"


class Spectrum:
    """Which summaries of which value of one function occurred during which items."""

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], set[str]] = {}
        self.looked = 0
        self.looking = False

    def look(self) -> bool:
        """A call begins; whether it is among those of this item that are looked at."""
        self.looking = self.looked < PER_ITEM
        self.looked += self.looking
        return self.looking

    def note(self, item: str, name: str, value: Any) -> None:
        """Notes one value."""
        for summary in summaries(value):
            known = self.items.get((name, summary))
            if known is None:
                if len(self.items) >= SUMMARIES:
                    continue
                known = self.items[name, summary] = set()
            known.add(item)


def summaries(value: Any) -> tuple[str, ...]:
    """What is true of a value: None, its truth, type, sign, and a bucket of its length."""
    if value is None:
        return ("None",)
    cls = type(value)
    if cls is bool:
        return ("True" if value else "False",)
    if cls is int or cls is float:
        return (cls.__name__, _sign(value))
    length = size(value)
    if length is None:
        return (cls.__name__,)
    return (cls.__name__ if cls in PLAIN else f"{cls.__name__} array", _bucket(length))


def _sign(value: float) -> str:
    if value > 0:
        return "positive"
    if value < 0:
        return "negative"
    return "zero" if value == 0 else "not a number"


def _bucket(length: int) -> str:
    for most, name in ((0, "empty"), (1, "of length 1"), (9, "of length 2 to 9")):
        if length <= most:
            return name
    return "of length 10 to 99" if length < 100 else "of length 100 or more"
