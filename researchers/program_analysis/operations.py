"""Operations on plain values, as the language does them, of bounded size and time."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from researchers.program_analysis.states import Instance, Untold

LARGEST = 1 << 128
LONGEST = 2_000
STEEPEST = 64
"""Bounds of numbers, containers and exponents."""


class Unknown(Exception):
    """The value cannot be told from what was seen."""


class Raised(Exception):
    """The expression raises; the argument is the exception's class by name."""


_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
    ast.BitAnd: operator.and_, ast.BitOr: operator.or_, ast.BitXor: operator.xor,
    ast.LShift: operator.lshift, ast.RShift: operator.rshift, ast.Pow: operator.pow,
}  # fmt: skip
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
}  # fmt: skip
PLAIN = (int, float, str, bytes, bool, type(None), list, tuple, set, frozenset, dict, range)
_NATURAL = (
    TypeError, ValueError, KeyError, IndexError, ZeroDivisionError, AttributeError, OverflowError,
)  # fmt: skip


def same(one: object, other: object) -> bool:
    """Whether two results are the same for a program: equal, and of the same type throughout."""
    if one is other:
        return True
    if isinstance(one, Instance) and isinstance(other, Instance):
        return (one.classes, one.number) == (other.classes, other.number)
    if type(one) is not type(other) or isinstance(one, Untold):
        return False
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[k], other[k]) for k in one)
    return one == other


def compared(link: type[ast.cmpop], left: object, right: object) -> object:
    """One link of a comparison; raises Unknown and Raised."""
    if link in (ast.Is, ast.IsNot):
        return _identical(left, right) == (link is ast.Is)
    if left is None or right is None:
        if link in (ast.Eq, ast.NotEq) and _is_plain(left) and _is_plain(right):
            return (left is right) == (link is ast.Eq)
        if link not in (ast.In, ast.NotIn) and _is_plain(left) and _is_plain(right):
            raise Raised("TypeError")
    told(left, right)
    return natural(lambda: _COMPARE[link](left, right))


def operated(kind: type[ast.operator], left: object, right: object) -> object:
    """An operation on plain values, of bounded size."""
    if kind not in _BINARY:
        raise Unknown
    steep = kind in (ast.Pow, ast.LShift)
    if steep and not (isinstance(right, int | float) and -STEEPEST <= right <= STEEPEST):
        raise Unknown
    if kind is ast.Mult and any(
        isinstance(one, str | bytes | list | tuple) and isinstance(many, int) and many > LONGEST
        for one, many in ((left, right), (right, left))
    ):
        raise Unknown
    if kind is ast.Mod and isinstance(left, str | bytes):
        raise Unknown
    return bounded(natural(lambda: _BINARY[kind](left, right)))


def _identical(left: object, right: object) -> bool:
    if isinstance(left, Instance) and isinstance(right, Instance):
        return (left.classes, left.number) == (right.classes, right.number)
    single = (None, True, False)
    if any(left is s or right is s for s in single):
        return left is right
    if type(left) is not type(right):
        return False
    raise Unknown


def natural(function: Callable[..., Any], *values: Any) -> Any:
    """The result of a function; raises Raised for what it raises by nature."""
    try:
        return function(*values)
    except _NATURAL as error:
        raise Raised(type(error).__name__) from None
    except (RecursionError, MemoryError) as error:
        raise Unknown from error


def _is_plain(value: object) -> bool:
    return isinstance(value, PLAIN)


def plain(*values: object) -> None:
    """Raises Unknown unless all values are of built-in kinds."""
    if not all(isinstance(value, PLAIN) for value in values):
        raise Unknown


def told(*values: object) -> None:
    """Raises Unknown unless values are plain and hold plain values."""
    plain(*values)
    for value in values:
        if isinstance(value, list | tuple | set | frozenset):
            plain(*value)
        elif isinstance(value, dict):
            plain(*value, *value.values())


def bounded(value: Any) -> Any:
    """The same value; raises Unknown for one that is too large."""
    if isinstance(value, int) and not -LARGEST < value < LARGEST:
        raise Unknown
    if isinstance(value, range):
        try:
            length = len(value)
        except OverflowError:
            raise Unknown from None
        if length > LONGEST:
            raise Unknown
    if isinstance(value, str | bytes | list | tuple | dict | set) and len(value) > LONGEST:
        raise Unknown
    return value
