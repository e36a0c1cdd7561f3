"""A flow: what went through one function."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .kinds import PLAIN, kind, size
from .values import RESULT, Spectrum

SAMPLE = 200
"""Calls of one function whose values are looked at; later ones are only counted."""
KINDS = 24
OTHER = "other"


@dataclass
class Place:
    """Where something is: path relative to the root, original lines, dotted function name."""

    path: str
    line: int
    end_line: int
    function: str


@dataclass
class Flow:
    """Kinds in and out of one function, its empty returns and its measured time.

    A `procedure` returns nothing anywhere, so that its None is no empty return.
    """

    place: Place
    parameters: tuple[str, ...]
    generator: bool = False
    procedure: bool = False
    inputs: Counter[str] = field(default_factory=Counter)
    outputs: Counter[str] = field(default_factory=Counter)
    sizes: list[int] = field(default_factory=list)
    items: set[str] = field(default_factory=set)
    empty: int = 0
    sampled: int = 0
    timed: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    names_items: bool = False
    spectrum: Spectrum = field(default_factory=Spectrum)

    def take(self, values: tuple[Any, ...]) -> None:
        """Notes the kinds of one call's arguments."""
        self.sampled += 1
        for name, value in zip(self.parameters, values):  # noqa: B905  Python 3.9 has no strict
            _count(self.inputs, f"{name}: {kind(value)}")
        if self.generator:
            _count(self.outputs, "generator")

    def look(self, item: str | None, values: tuple[Any, ...]) -> bool:
        """Notes what arguments are like during an item; False where that was seen often enough."""
        if item is None or not self.spectrum.look():
            return False
        for name, value in zip(self.parameters, values):  # noqa: B905
            self.spectrum.note(item, name, value)
        return True

    def look_back(self, item: str | None, value: Any) -> None:
        """Notes what the result of a call that was looked at is like."""
        if item is not None and self.spectrum.looking:
            self.spectrum.note(item, RESULT, value)

    def give(self, value: Any, seconds: float | None) -> None:
        """Notes a returned value; `seconds` is None for a call that was only counted."""
        if not self.procedure and (value is None or (type(value) in PLAIN and not value)):
            self.empty += 1
        if seconds is None:
            return
        self.timed += 1
        self.seconds += seconds
        self.longest = max(self.longest, seconds)
        if self.timed <= SAMPLE:
            _count(self.outputs, kind(value))
            length = size(value)
            if length is not None:
                self.sizes.append(length)

    def total_seconds(self, calls: int) -> float:
        """Time of all calls: what was measured, and the rest at the mean without the longest."""
        if self.timed < 2:
            return self.seconds
        typical = (self.seconds - self.longest) / (self.timed - 1)
        return self.seconds + typical * max(0, calls - self.timed)


def _count(counter: Counter[str], name: str) -> None:
    counter[name if name in counter or len(counter) < KINDS else OTHER] += 1
