"""Values told in text, so that what two versions of a program do can be compared.

Objects are told by their class and their fields, read by Python's own means.
"""

from __future__ import annotations

import datetime
import decimal
import enum
import fractions
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from researchers.program_analysis.rehearsal.limits import STEP, charge
from researchers.program_analysis.rehearsal.made import is_made
from researchers.program_analysis.rehearsal.weights import PLAIN

_PARTS = 400
"""Parts of a value that are told; the rest is left out."""
_DEEPEST = 12
_LETTERS = 200
_TEXTS = frozenset({str, bytes, bytearray})
_SHOWN = frozenset({datetime.date, datetime.timedelta, decimal.Decimal, fractions.Fraction, range})
"""Kinds whose texts Python makes of nothing but numbers and letters."""
_READ: dict[type, Callable[[Any], Any]] = {
    str: str.__str__, int: int.__int__, float: float.__float__,
}  # fmt: skip
"""How Python reads the plain value of what is of a class made of one."""
_ROWS: dict[type, str] = {list: "[]", tuple: "()", deque: "<>"}


def told(value: Any) -> str:
    """A text that is the same for values that are alike, as far as they are told."""
    teller = _Teller()
    text = " ".join(teller.parts(value, 0))
    charge(STEP * (1 + _PARTS - teller.left))
    return text


class _Teller:
    """Tells one value; `left` parts may still come, however they are held."""

    def __init__(self) -> None:
        self.left = _PARTS

    def parts(self, value: Any, depth: int) -> list[str]:
        """The texts of a value and of what it holds."""
        self.left -= 1
        kind = type(value)
        if self.left < 0 or depth > _DEEPEST:
            return []
        if kind in _TEXTS:
            return [repr(value[:_LETTERS])]
        if kind in PLAIN:
            return [repr(value)]
        if kind in _ROWS:
            return self._row(_ROWS[kind], value, depth)
        if kind is set or kind is frozenset:
            return self._set(value, depth)
        if kind is dict:
            return self._pairs(value, depth)
        return self._object(value, depth)

    def _all(self, values: Iterable[Any], depth: int) -> list[str]:
        return [text for part in values for text in self.parts(part, depth + 1)]

    def _some(self, values: Iterable[Any]) -> list[Any]:
        """As many as may still be told."""
        return [part for _, part in zip(range(max(0, self.left)), values, strict=False)]

    def _row(self, ends: str, values: Iterable[Any], depth: int) -> list[str]:
        return [ends[0], *self._all(self._some(values), depth), ends[1]]

    def _set(self, values: Iterable[Any], depth: int) -> list[str]:
        texts = (" ".join(self._all([part], depth)) for part in self._some(values))
        return ["set", *sorted(texts)]

    def _pairs(self, values: dict[Any, Any], depth: int) -> list[str]:
        pairs = self._some(dict.items(values))
        return ["{", *(t for pair in pairs for t in self._all(pair, depth)), "}"]

    def _object(self, value: Any, depth: int) -> list[str]:
        kind = type(value)
        name: str = type.__getattribute__(kind, "__name__")
        if issubclass(kind, BaseException):
            args = BaseException.args.__get__(value)  # type: ignore[attr-defined]
            return [name, *self._row("()", args, depth)]
        if issubclass(kind, enum.Enum):
            return [name, *self._all([object.__getattribute__(value, "_name_")], depth)]
        held = self._held(kind, value, depth)
        return [name, *held, *self._fields(value, depth)] if is_made(kind) else [name, *held]

    def _held(self, kind: type, value: Any, depth: int) -> list[str]:
        """What a value holds as one of Python's kinds, or of a class that is made of one."""
        if kind in _SHOWN:
            return [repr(value)]
        if kind is datetime.datetime or kind is datetime.time:
            return [repr(value.replace(tzinfo=None))]  # A zone may be of a rehearsed class.
        if issubclass(kind, dict):
            return self._pairs(value, depth)
        if issubclass(kind, list | tuple):
            read = list.__iter__ if issubclass(kind, list) else tuple.__iter__
            return self._row("[]", read(value), depth)
        if issubclass(kind, set | frozenset):
            members = set.__iter__ if issubclass(kind, set) else frozenset.__iter__
            return self._set(members(value), depth)
        plain = next((read for base, read in _READ.items() if issubclass(kind, base)), None)
        return [] if plain is None else self.parts(plain(value), depth)

    def _fields(self, value: Any, depth: int) -> list[str]:
        try:
            fields = object.__getattribute__(value, "__dict__")
        except AttributeError:
            return []
        return self._pairs(fields, depth) if type(fields) is dict else []
