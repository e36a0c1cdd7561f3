"""Bounds of what is rehearsed, and what ends a rehearsal that goes beyond them."""

from __future__ import annotations

import decimal
import fractions
import io
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

BITS = 2048
"""Bits of the largest whole number that may come up."""
LONGEST = 20_000
"""Longest text or container."""
DEEPEST = 400
"""Calls of the target's functions within one another, until recursion counts as endless."""
NESTED = 200
"""Containers within one another, at most."""
SECONDS = 5.0
"""Time of the processor that one test may take, far beyond what its steps take."""
STEP = 16
"""Records or characters that are read or made for one step."""
_LOOK = 50
"""Steps between two looks at the clock."""
_STACK = 256 << 20
"""Bytes of stack: enough for as many calls within one another as Python's own limit allows."""
_Result = TypeVar("_Result")


class Refused(BaseException):
    """The interpreter does not know this, or will not do it. No rehearsed handler catches it."""


class TookLong(Refused):
    """A test took longer than its steps should: some built-in function did much for one of them."""


class Exhausted(BaseException):
    """More steps than were given. No rehearsed handler catches it."""


class TooDeep(RecursionError):
    """Calls went deeper than DEEPEST, as they would in a program without end."""


CONTROL = (Refused, Exhausted)


class Meter:
    """Counts steps down: for calls, rounds of loops, and records that are read or made.

    What a test prints and warns of is kept here too, and its `chance`, which is the same each time
    so that verdicts are.
    """

    def __init__(self, steps: int) -> None:
        self.aside_steps = 0
        self.renew(steps)

    def renew(self, steps: int) -> None:
        """Begins anew, for another test."""
        self.left = steps
        self.depth = 0
        self._calls = 0
        self._next_look = steps - _LOOK
        self._end: float | None = None
        self.printed: dict[str, str] = {}
        self.warned: list[Any] = []
        self.warnings_raise = False
        self.chance = random.Random(0)

    def spend(self, steps: int = 1) -> None:
        """Raises Exhausted where no steps are left, and Refused where the time is up."""
        self.left -= steps
        if self.left < self._next_look:
            self._look()

    def count(self) -> None:
        """Counts a call that Python's own functions make: STEP of them are a step."""
        self._calls += 1
        if self._calls % STEP == 0:
            self.spend()

    @contextmanager
    def aside(self, steps: int) -> Iterator[None]:
        """Counts what is done here by itself, in `aside_steps`, and not with the rest."""
        before = self.left, self._next_look
        self.left, self._next_look = steps, steps - _LOOK
        try:
            yield
        finally:
            self.aside_steps += steps - self.left
            if self.left >= 0:
                self.left, self._next_look = before

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One call more within others; raises TooDeep, and Exhausted."""
        self.spend()
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                raise TooDeep("maximum recursion depth exceeded")
            yield
        finally:
            self.depth -= 1

    def stop(self) -> None:
        """Lets nothing go on that was left unfinished, such as a generator."""
        self.left = self._next_look = -1

    def _look(self) -> None:
        if self.left < 0:
            raise Exhausted
        now = time.thread_time()
        if self._end is None:
            self._end = now + SECONDS
        elif now > self._end:
            self.stop()
            raise TookLong("takes long")
        self._next_look = max(0, self.left - _LOOK)


RUNNING: ContextVar[Meter] = ContextVar("RUNNING")
"""The meter of the rehearsal that runs."""


def charge(weight: int) -> None:
    """Spends steps of the rehearsal that runs, for records or characters read or made."""
    meter = RUNNING.get(None)
    if meter is not None:
        meter.spend(weight // STEP)


_HERE = threading.local()


def apart(function: Callable[[], _Result]) -> _Result:
    """Runs a function on a stack of its own that is deep enough for Python's limit of recursion.

    Within such a run it is called where it is: a thread costs more than most rehearsals.
    """
    if getattr(_HERE, "is_apart", False):
        return function()
    found: list[_Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        _HERE.is_apart = True
        try:
            found.append(function())
        except BaseException as error:  # noqa: BLE001  raised again by the caller
            failed.append(error)

    before = threading.stack_size(_STACK)
    try:
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    if failed:
        raise failed[0]
    return found[0]


def bounded(value: Any) -> Any:
    """The same value; raises Refused for one that is too large."""
    kind = type(value)
    if isinstance(value, int):
        if int.bit_length(value) > BITS:
            raise Refused("a number too large")
    elif kind in _SIZED:
        if len(value) > LONGEST:
            raise Refused("a value too long")
    elif kind is decimal.Decimal:
        if value.is_finite() and abs(value.adjusted()) > BITS:
            raise Refused("a number too large")
    elif kind is fractions.Fraction:
        bounded(value.numerator)
        bounded(value.denominator)
    elif kind in _STREAMS and not value.closed and value.tell() > LONGEST:
        raise Refused("a stream too long")
    elif isinstance(value, GROWING) and length(value) > LONGEST:
        raise Refused("a value too long")
    return value


def length(value: Any) -> int:
    """The length of a text or container, whatever its class says of it."""
    return int(next(kind for kind in GROWING if isinstance(value, kind)).__len__(value))


def whole(value: int) -> int:
    """A whole number as Python's own, whatever its class makes of it."""
    return int.__int__(value)


def paid(value: Any) -> Any:
    """The same value, newly made: bounded, and charged for its length."""
    if type(value) in _SIZED:
        charge(len(value))
    elif isinstance(value, GROWING):
        charge(length(value))
    return bounded(value)


GROWING: tuple[Any, ...] = (
    list, dict, set, tuple, str, bytes, bytearray, frozenset,
)  # fmt: skip
"""Texts and containers that rehearsed classes may be kinds of."""
_STREAMS = frozenset({io.StringIO, io.BytesIO})
_SIZED = frozenset({str, bytes, bytearray, list, tuple, dict, set, frozenset, deque})
