"""Bounds of what is rehearsed, and what ends a rehearsal that goes beyond them."""

from __future__ import annotations

from typing import Any

LARGEST = 1 << 512
"""Largest whole number that may come up."""
LONGEST = 20_000
"""Longest text or container."""
DEEPEST = 400
"""Calls of the target's functions within one another, until recursion counts as endless."""


class Refused(BaseException):
    """The interpreter does not know this, or will not do it. No rehearsed handler catches it."""


class Exhausted(BaseException):
    """More steps than were given. No rehearsed handler catches it."""


class TooDeep(RecursionError):
    """Calls went deeper than DEEPEST, as they would in a program without end."""


CONTROL = (Refused, Exhausted)


class Meter:
    """Counts steps down: one for every call, round of a loop and record that is read."""

    def __init__(self, steps: int) -> None:
        self.left = steps
        self.depth = 0

    def spend(self, steps: int = 1) -> None:
        """Raises Exhausted where no steps are left."""
        self.left -= steps
        if self.left < 0:
            raise Exhausted


def bounded(value: Any) -> Any:
    """The same value; raises Refused for one that is too large."""
    kind = type(value)
    if kind is int:
        if not -LARGEST < value < LARGEST:
            raise Refused("a number too large")
    elif kind in _SIZED and len(value) > LONGEST:
        raise Refused("a value too long")
    return value


_SIZED = frozenset({str, bytes, list, tuple, dict, set, frozenset})
