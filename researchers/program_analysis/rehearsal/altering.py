"""Plain values made a little different, to ask what a program does on inputs no test has."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from researchers.program_analysis.rehearsal.telling import told

_LARGEST = 1_000
"""Whole numbers beyond it are left as they are: they are sizes or moduli."""
_LONG = 200
"""Texts and containers beyond it are left as they are."""


def altered(value: Any, chance: Random) -> Any:
    """Another value of the same kind; the same where it has no kind that is known here.

    What is given is never changed: containers are new, down to where the difference is.
    """
    change = _CHANGES.get(type(value))
    if change is None or (type(value) in _SIZED and len(value) > _LONG):
        return value
    return change(value, chance)


def _number(value: int, chance: Random) -> int:
    if abs(value) > _LARGEST:
        return value
    return chance.choice([value + 1, value - 1, value + 2, 0, 1, -value, 2 * value, 3])


def _fraction(value: float, chance: Random) -> float:
    return chance.choice([value + 1.0, value - 0.5, -value, value / 2, 0.0])


def _text(value: str, chance: Random) -> str:
    if not value:
        return chance.choice(["a", " ", "0"])
    place = chance.randrange(len(value))
    before, here, after = value[:place], value[place], value[place + 1 :]
    return chance.choice(
        [before + after, before + here + here + after, value[::-1], value + value[0],
         before + here.swapcase() + after, value + value, "", before + after + here,
         value[:place], before + _next(here) + after]
    )  # fmt: skip


def _next(letter: str) -> str:
    """The letter or digit behind one; what is neither stays."""
    return chr(ord(letter) + 1) if letter in _FOLLOWED else letter


_FOLLOWED = frozenset("abcdefghijklmnopqrstuvwxyABCDEFGHIJKLMNOPQRSTUVWXY012345678")


def _list(value: list[Any], chance: Random) -> list[Any]:
    if not value:
        return []
    place = chance.randrange(len(value))
    before, here, after = value[:place], value[place], value[place + 1 :]
    return chance.choice(
        [before + after, [*before, here, here, *after], value[::-1], value + before, value[1:],
         [*before, altered(here, chance), *after], [*before, altered(here, chance), *after],
         [altered(v, chance) for v in value], [*value, altered(here, chance)],
         value[:1], [*before, *after, here], []]
    )  # fmt: skip


def _tuple(value: tuple[Any, ...], chance: Random) -> tuple[Any, ...]:
    """A tuple of the same length, as its places mean something."""
    place = chance.randrange(len(value)) if value else 0
    return (*value[:place], *(altered(v, chance) for v in value[place:][:1]), *value[place + 1 :])


def _dict(value: dict[Any, Any], chance: Random) -> dict[Any, Any]:
    if not value:
        return {}
    key = chance.choice(list(value))
    if chance.random() < 0.4:
        return {k: v for k, v in value.items() if k is not key}
    return {k: altered(v, chance) if k is key else v for k, v in value.items()}


def _set(value: set[Any], chance: Random) -> set[Any]:
    """One less: the first in the order of their texts, as sets have another one in each process."""
    return set(sorted(value, key=told)[1:])


_CHANGES: dict[type, Callable[[Any, Random], Any]] = {
    bool: lambda value, chance: not value,
    int: _number,
    float: _fraction,
    str: _text,
    list: _list,
    tuple: _tuple,
    dict: _dict,
    set: _set,
}
_SIZED = frozenset({str, list, tuple, dict, set})
