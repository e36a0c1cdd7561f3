"""Values told in text, so that what two versions of a program do can be compared.

Objects are told by their class and their fields, read by Python's own means.
"""

from __future__ import annotations

import enum
from collections import deque
from collections.abc import Iterable
from typing import Any

from researchers.program_analysis.rehearsal.limits import STEP, charge
from researchers.program_analysis.rehearsal.made import is_made

_PARTS = 400
"""Parts of a value that are told; the rest is left out."""
_DEEPEST = 12
_LETTERS = 200
_PLAIN = frozenset({int, float, bool, type(None), complex})
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
        if kind is str or kind is bytes:
            return [repr(value[:_LETTERS])]
        if kind in _PLAIN:
            return [repr(value)]
        if kind in _ROWS:
            return self._row(_ROWS[kind], value, depth)
        if kind is set or kind is frozenset:
            texts = (" ".join(self._all([part], depth)) for part in self._some(value))
            return ["set", *sorted(texts)]
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
        if not is_made(kind):
            return [name]
        held = self._row("[]", list.__iter__(value), depth) if issubclass(kind, list) else []
        held += self._pairs(value, depth) if issubclass(kind, dict) else []
        return [name, *held, *self._fields(value, depth)]

    def _fields(self, value: Any, depth: int) -> list[str]:
        try:
            fields = object.__getattribute__(value, "__dict__")
        except AttributeError:
            return []
        return self._pairs(fields, depth) if type(fields) is dict else []
