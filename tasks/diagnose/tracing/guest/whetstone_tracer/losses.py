"""Losses: the places where records leave the flow, and the loops they go through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from .flow import KINDS, OTHER, Place
from .kinds import PLAIN, kind

LOOKED_AT = 40
"""Entries of one loop, and losses at one place, whose records are looked at."""
EACH = 3
TEXT = (str, bytes)
VIEWS: frozenset[type] = frozenset({type({}.items()), type({}.values()), type({}.keys())})
RECORDS = (PLAIN - {*TEXT}) | VIEWS
KEYS = frozenset({str, int, float, bool, bytes})
MOVING = (RuntimeError, AttributeError, KeyError, TypeError, ValueError)


@dataclass
class Drop:
    """A place where records are lost, and how.

    `loop` indexes the counters of iterations, `entered` the loops. What no C counter counts is in
    `lost` and `met`; `kept` are the records left of all that were counted into a collection.
    """

    place: Place
    statement: str
    how: str
    loop: int | None = None
    entered: int | None = None
    lost: int = 0
    met: int = 0
    kept: int | None = None
    kinds: Counter[str] = field(default_factory=Counter)

    def fresh(self) -> Drop:
        """The same place with nothing counted."""
        kept = None if self.kept is None else 0
        return Drop(self.place, self.statement, self.how, self.loop, self.entered, kept=kept)

    def look(self, record: Any) -> None:
        """Notes the kind of a lost record."""
        with suppress(*MOVING):
            _count(self.kinds, kind(record))


@dataclass
class LoopFlow:
    """What went into one `for` loop: how often it was entered, and records by kind."""

    place: Place
    entered: int = 0
    records: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def look(self, records: Any) -> None:
        """Notes the kinds of the first records."""
        with suppress(*MOVING):
            for record in islice(records, EACH):
                _count(self.kinds, kind(record))


class Losses:
    """All places and loops; its methods are called by instrumented code, and hand values on."""

    def __init__(self) -> None:
        self.drops: list[Drop] = []
        self.loops: list[LoopFlow] = []

    def names(self) -> dict[str, Callable[..., Any] | int]:
        """What instrumented code reaches, by name."""
        found: dict[str, Callable[..., Any] | int] = {
            method.__name__: method
            for method in (
                self.lost, self.records, self.cut, self.before, self.after, self.store,
                self.unite, self.made, self.predicate,
            )
        }  # fmt: skip
        return {**found, "most": LOOKED_AT}

    def restart(self) -> None:
        """Forgets all counts; the lists stay those that running code holds."""
        self.drops[:] = [drop.fresh() for drop in self.drops]
        self.loops[:] = [LoopFlow(loop.place) for loop in self.loops]

    def lost(self, drop: int, record: Any) -> bool:
        """A record was dropped; never true."""
        self.drops[drop].look(record)
        return False

    def records(self, loop: int, records: Any) -> Any:
        """A loop is entered; iterators are left alone."""
        entry = self.loops[loop]
        entry.entered += 1
        if type(records) in RECORDS:
            entry.records += len(records)
            if entry.entered <= LOOKED_AT:
                entry.look(records)
        return records

    def cut(self, drop: int, before: Any, after: Any) -> Any:
        """A slice was taken of a name's value."""
        cls = type(before)
        if cls in PLAIN and type(after) is cls:
            entry = self.drops[drop]
            if cls in TEXT:
                entry.how = "text"
            entry.met += len(before)
            entry.lost += len(before) - len(after)
        return after

    def before(self, drop: int, value: Any) -> Any:
        """A slice is about to be taken of an expression."""
        if type(value) in PLAIN:
            entry = self.drops[drop]
            entry.met += len(value)
            entry.lost += len(value)
        return value

    def after(self, drop: int, value: Any) -> Any:
        """The slice was taken."""
        if type(value) in PLAIN:
            entry = self.drops[drop]
            entry.lost -= len(value)
            if type(value) in TEXT:
                entry.how = "text"
        return value

    def store(self, drop: int, mapping: Any, key: Any) -> Any:
        """A key is about to be set, which may overwrite an entry."""
        if type(mapping) is dict and type(key) in KEYS:
            self.drops[drop].met += 1
            self.drops[drop].lost += key in mapping
        return key

    def unite(self, drop: int, before: Any, after: Any) -> Any:
        """A set or dictionary was made of a name's value, whose equal entries collapse."""
        if type(before) in (list, tuple) and type(after) in (set, frozenset, dict):
            self.drops[drop].met += len(before)
            self.drops[drop].lost += len(before) - len(after)
        return after

    def made(self, drop: int, collection: Any) -> Any:
        """A collection was made, what went into it being counted."""
        entry = self.drops[drop]
        entry.kept = (entry.kept or 0) + len(collection)
        return collection

    def predicate(self, drop: int, function: Any, wanted: Any) -> Any:
        """What `filter` asks, with the records counted; as it is if `function` is another."""
        if function is not filter:
            return wanted
        entry, asked = self.drops[drop], bool if wanted is None else wanted

        def check(record: Any) -> bool:
            entry.met += 1
            if asked(record):
                return True
            entry.lost += 1
            if entry.lost <= LOOKED_AT:
                entry.look(record)
            return False

        return check


def _count(counter: Counter[str], name: str) -> None:
    counter[name if name in counter or len(counter) < KINDS else OTHER] += 1
