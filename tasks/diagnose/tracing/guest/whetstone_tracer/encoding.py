"""Encoding: values as JSON that says what they were, so that conditions can be asked of them later.

Nothing here calls code of the target. Plain values stand for themselves; everything else is a
mapping with one key: `l`, `t`, `s`, `d`, `b` for list, tuple, set, dict and bytes, `o` for an
object with its classes and fields, and `?` for what is not told, with its type and length.
"""

from __future__ import annotations

import json
import math
from collections import Counter, OrderedDict, defaultdict, deque
from typing import Any

from .kinds import OPAQUE, fields_of

DEPTH = 3
ENTRIES = 40
TEXT = 200
NODES = 120
"""Entries of one value in all."""
LARGEST = 1 << 62
LISTS = {list: "l", deque: "l", tuple: "t"}
SETS = (set, frozenset)
MAPS = (dict, defaultdict, OrderedDict, Counter)


class Encoder:
    """Encodes the values of one state; an object that is met again has the same number."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._left = 0

    def text(self, value: Any) -> str:
        """A value as JSON; entries beyond the bounds are left untold."""
        self._left = NODES
        return json.dumps(self._encoded(value, DEPTH))

    def _encoded(self, value: Any, depth: int) -> Any:
        self._left -= 1
        cls = type(value)
        if value is None or cls is bool:
            return value
        if cls is int and -LARGEST < value < LARGEST:
            return value
        if cls is float and math.isfinite(value):
            return value
        if cls is str and len(value) <= TEXT:
            return value
        if cls is bytes and len(value) <= TEXT:
            return {"b": value.decode("latin-1")}
        return self._compound(value, cls, depth) if self._left > 0 else _untold(value, cls)

    def _compound(self, value: Any, cls: type, depth: int) -> Any:
        small = cls in LISTS or cls in SETS or cls in MAPS
        if depth <= 0 or (small and len(value) > ENTRIES) or issubclass(cls, OPAQUE):
            return _untold(value, cls)
        if cls in LISTS:
            return {LISTS[cls]: [self._encoded(entry, depth - 1) for entry in value]}
        if cls in SETS:
            return {"s": sorted((self._encoded(e, depth - 1) for e in value), key=json.dumps)}
        if cls in MAPS:
            return {"d": [[self._encoded(p, depth - 1) for p in e] for e in value.items()]}
        return self._object(value, cls, depth)

    def _object(self, value: Any, cls: type, depth: int) -> Any:
        fields = fields_of(value)
        if not fields or len(fields) > ENTRIES:
            return _untold(value, cls)
        number = self._numbers.setdefault(id(value), len(self._numbers))
        told = [[name, self._encoded(entry, depth - 1)] for name, entry in fields.items()]
        return {"o": [[base.__name__ for base in cls.__mro__], number, told]}


def _untold(value: Any, cls: type) -> dict[str, Any]:
    sized = cls in LISTS or cls in SETS or cls in MAPS or cls in (str, bytes)
    return {"?": [base.__name__ for base in cls.__mro__], "n": len(value) if sized else None}
