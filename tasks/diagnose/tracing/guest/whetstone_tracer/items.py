"""Items: recognises which item of the benchmark the target is working on, by its id or text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from typing import Any

from .kinds import fields_of

LOOKED_AT = 16
SHORTEST_ID = 4
UNFIELDED = (int, float, bool, bytes, set, frozenset, type(None), type)


class Items:
    """Knows the items' ids and texts; holds the current one per thread or task.

    An argument names an item when it equals its id or text, or is a mapping or object with a field
    that does. A list of several items means that none in particular is being worked on. `by` says
    how items are known: by such `values`, by `tests`, which a plugin announces, or as one `run`.
    `first` is the item that is worked on already when the process starts.
    """

    def __init__(
        self, texts: Mapping[str, str], by: str = "values", first: str | None = None
    ) -> None:
        self.texts = texts if by == "tests" else {}
        """What is said of each test, where the items are tests."""
        self._known: dict[str, str] = {}
        for item, text in texts.items() if by == "values" else ():
            for name in (text, text.strip(), item):
                if len(name) >= SHORTEST_ID:
                    self._known.setdefault(name, item)
        self.any = bool(texts)
        if by == "run":
            first = next(iter(texts), None)
        self.current: ContextVar[str | None] = ContextVar("whetstone_item", default=first)

    def named(self, values: tuple[Any, ...]) -> list[str]:
        """The items that the first telling argument names; empty when none does."""
        for value in values if self._known else ():
            found = self._of(value)
            if found:
                return found
        return []

    def switch(self, found: list[str]) -> bool:
        """Makes the one item found the current one, or none if several; True when it changed."""
        wanted = found[0] if len(found) == 1 else None
        if self.current.get() == wanted:
            return False
        self.current.set(wanted)
        return True

    def _of(self, value: Any) -> list[str]:
        cls = type(value)
        if cls is str:
            return self._among((value,))
        if cls is dict:
            return self._among(value.values())[:1]
        if cls is list or cls is tuple:
            found = [item for entry in value[:2] for item in self._holder(entry)]
            return found if len(value) <= 1 or len(set(found)) > 1 else []
        return self._holder(value)

    def _holder(self, value: Any) -> list[str]:
        cls = type(value)
        if cls is str:
            return self._among((value,))
        if cls is dict:
            return self._among(value.values())[:1]
        if cls in UNFIELDED or cls is list or cls is tuple:
            return []
        return self._among(fields_of(value).values())[:1]

    def _among(self, values: Iterable[Any]) -> list[str]:
        found = []
        for index, value in enumerate(values):
            if index == LOOKED_AT:
                break
            if type(value) is str and value in self._known:
                found.append(self._known[value])
        return found
