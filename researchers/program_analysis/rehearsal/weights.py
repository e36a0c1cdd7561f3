"""Weights of values: how much a built-in function may have to read of one, however deep."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import functools
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from researchers.program_analysis.rehearsal import patterns
from researchers.program_analysis.rehearsal.limits import LONGEST, NESTED, Refused, charge, length

_SEQUENCES = (list, tuple, set, frozenset, deque)
_PROXY: Any = type(type.__dict__)
_VIEWS: tuple[Any, ...] = (type({}.keys()), type({}.values()), type({}.items()))
_SHOWN: dict[type, Callable[[Any], Any]] = {
    OSError: lambda error: (
        error.args,
        *(getattr(OSError, name).__get__(error) for name in ("filename", "filename2")),
    ),
    BaseException: lambda error: (error.args,),
    functools.partial: lambda call: (call.func, call.args, call.keywords),
    enum.Enum: lambda member: (vars(member).get("_value_"),),
    dataclasses.Field: lambda made: (made.default, made.default_factory, dict(made.metadata)),
    decimal.Decimal: lambda number: (b" " * len(number.as_tuple().digits),),
    datetime.timezone: lambda zone: (zone.tzname(None),),
    patterns.Match: lambda match: (b" " * (match.end() - match.start()),),
}
"""What is told of others where they are shown, beside containers."""
_HOLDERS = (*_SEQUENCES, dict, _PROXY, *_VIEWS, *_SHOWN)
_TEXTS = (str, bytes, bytearray)
_TEXT = 64
"""Characters that weigh as much as a record."""
PLAIN = frozenset({int, float, bool, type(None), complex})


def weighed(value: Any) -> Any:
    """The same value; raises Refused where it holds too much in all, or nests too deeply.

    What is held twice weighs twice, as it is read twice. The weight is charged.
    """
    kind = type(value)
    if kind in PLAIN:
        return value
    if isinstance(value, _TEXTS):
        charge(len(value) if kind in _TEXTS else length(value))
    elif isinstance(value, _HOLDERS):
        charge(_weight(value))
    return value


def _weight(value: Any) -> int:
    level, count = [value], 0
    for _ in range(NESTED):
        below = []
        for holder in level:
            for part in _held(holder, LONGEST - count):
                count += 1
                if isinstance(part, _TEXTS):
                    count += length(part) // _TEXT
                elif isinstance(part, _HOLDERS):
                    below.append(part)
            if count > LONGEST:
                raise Refused("a value too long")
        if not below:
            return count
        level = below
    raise Refused("a value nested too deeply")


def _held(holder: Any, most: int) -> Iterable[Any]:
    """What is in a container, by Python's own way to read it; raises Refused beyond `most`."""
    kind = next((kind for kind in _READ if isinstance(holder, kind)), None)
    if kind is None:
        shown = next(parts for kind, parts in _SHOWN.items() if isinstance(holder, kind))
        return list(shown(holder))
    if kind.__len__(holder) > most:
        raise Refused("a value too long")
    if kind is dict:
        return [*dict.keys(holder), *dict.values(holder)]
    if kind is _PROXY:
        return [*holder.keys(), *holder.values()]
    return list(kind.__iter__(holder))


_READ: tuple[Any, ...] = (*_SEQUENCES, dict, _PROXY, *_VIEWS)
