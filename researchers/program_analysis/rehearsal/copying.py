"""Copies of what rehearsed code made. Python's `copy` would call whatever a class tells it to."""

from __future__ import annotations

import copy
import datetime
import enum
import fractions
import types
from collections import Counter, OrderedDict, defaultdict, deque
from typing import Any

from researchers.program_analysis.rehearsal.limits import STEP, Refused, charge, paid
from researchers.program_analysis.rehearsal.made import is_made, kept_back

_CONTAINERS = frozenset({list, dict, set, deque, Counter, OrderedDict, defaultdict})
_UNCHANGING = (
    int, float, complex, str, bytes, type(None), type, range, slice, fractions.Fraction,
    datetime.date, datetime.timedelta, enum.Enum, types.FunctionType, types.BuiltinFunctionType,
)  # fmt: skip
_STATES = ("__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__getnewargs__")
Memo = dict[int, Any]


def shallow(value: Any) -> Any:
    """`copy.copy`; raises Refused for what has no plain copy."""
    kind = type(value)
    _check_plain(kind)
    if kind in _CONTAINERS:
        return paid(copy.copy(value))
    if isinstance(value, (*_UNCHANGING, tuple, frozenset)):
        return value
    if hasattr(kind, "__copy__"):
        return kind.__copy__(value)
    return _filled(value, _attributes(value))


def deep(value: Any, memo: Memo | None = None) -> Any:
    """`copy.deepcopy`; raises Refused for what has no plain copy."""
    memo = {} if memo is None else memo
    if isinstance(value, _UNCHANGING):
        return value
    if id(value) in memo:
        return memo[id(value)]
    charge(STEP)
    kind = type(value)
    _check_plain(kind)
    if is_made(kind) and hasattr(kind, "__deepcopy__"):
        made = kind.__deepcopy__(value, memo)
    elif isinstance(value, tuple):
        made = tuple.__new__(kind, [deep(part, memo) for part in tuple.__iter__(value)])
    elif kind is frozenset:
        made = frozenset(deep(part, memo) for part in value)
    elif kind in _CONTAINERS:
        return _container(value, memo)
    else:
        made = _filled(value, {})
        memo[id(value)] = made
        for name, held in _attributes(value).items():
            object.__setattr__(made, name, deep(held, memo))
    memo[id(value)] = made
    return made


def _check_plain(kind: type) -> None:
    """Raises Refused for a class that says itself how it is copied."""
    for name in _STATES:
        if kept_back(kind, name) is not None:
            raise Refused(name)


def _container(value: Any, memo: Memo) -> Any:
    made = memo[id(value)] = copy.copy(value)
    made.clear()
    if isinstance(value, dict):
        for key, held in value.items():
            made[deep(key, memo)] = deep(held, memo)
    else:
        add = made.add if isinstance(value, set) else made.append
        for held in value:
            add(deep(held, memo))
    return paid(made)


def _attributes(value: Any) -> dict[str, Any]:
    slots = (name for base in type(value).__mro__ for name in base.__dict__.get("__slots__", ()))
    found = {name: getattr(value, name) for name in slots if hasattr(value, name)}
    return {**found, **getattr(value, "__dict__", {})}


def _filled(value: Any, attributes: dict[str, Any]) -> Any:
    kind = type(value)
    try:
        made: Any = object.__new__(kind) if is_made(kind) else None
    except TypeError:
        made = None
    if made is None:
        raise Refused(f"a copy of {kind.__name__}")
    for name, held in attributes.items():
        object.__setattr__(made, name, held)
    charge(STEP)
    return made
