"""Operations of the language with bounds on what they make."""

from __future__ import annotations

import ast
import operator
import re
from abc import ABCMeta
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from researchers.program_analysis.rehearsal.limits import (
    BITS,
    LONGEST,
    Refused,
    bounded,
    paid,
    whole,
)
from researchers.program_analysis.rehearsal.patterns import Match
from researchers.program_analysis.rehearsal.streams import finite, weighing
from researchers.program_analysis.rehearsal.weights import weighed

_WIDE = re.compile(r"\d{4,}")
_WIDE_FIELD = re.compile(r"%(?:\([^()]*\))?[-#0 +]*(?:\d{4,}|\*|\d*\.\s*(?:\d{4,}|\*))|%\([^()]*\(")
"""A field of `%` with a large width or one that is given, or with brackets in its name."""
_SIZED: tuple[Any, ...] = (str, bytes, bytearray, list, tuple, deque)
_PLAIN = frozenset({int, float, bool, str, list, tuple, dict, set})
_TAKING: tuple[Any, ...] = (list, dict, bytearray, deque, type({}.keys()), type({}.items()))
"""What takes in any records by an operation."""
_PLAIN_CLASSES = (type, ABCMeta, type(Protocol))


def _bounded(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def run(left: Any, right: Any) -> Any:
        if type(right) not in _PLAIN and isinstance(left, _TAKING):
            right = finite(right)
        return paid(function(left, right))

    return run


def _multiplied(left: Any, right: Any, function: Callable[[Any, Any], Any] = operator.mul) -> Any:
    for one, many in ((left, right), (right, left)):
        if (
            isinstance(one, _SIZED)
            and isinstance(many, int)
            and _length(one) * whole(many) > LONGEST
        ):
            raise Refused("a value too long")
    return paid(function(left, right))


def _length(value: Any) -> int:
    return next(int(kind.__len__(value)) for kind in _SIZED if isinstance(value, kind))


def powered(left: Any, right: Any, modulus: Any = None) -> Any:
    """`pow`, of a bounded result."""
    if modulus is not None:
        return bounded(pow(left, right, modulus))
    if isinstance(left, int) and isinstance(right, int) and whole(right) > 0:
        if int.bit_length(left) * whole(right) > BITS:
            raise Refused("a number too large")
    elif not isinstance(left, int | float) and not (
        isinstance(right, int | float) and abs(float(right)) <= 64
    ):
        raise Refused("a number too large")
    return bounded(left**right)


def _shifted(left: Any, right: Any) -> Any:
    if isinstance(right, int) and whole(right) > BITS:
        raise Refused("a number too large")
    return bounded(left << right)


def _remainder(left: Any, right: Any) -> Any:
    if isinstance(left, str | bytes | bytearray):
        told = str.__str__(left) if isinstance(left, str) else repr(left)
        if _WIDE_FIELD.search(told):
            raise Refused("a format too wide")
        return paid(left % weighed(right))
    return bounded(left % right)


def formatted(value: Any, form: str) -> str:
    """`format`, of bounded width."""
    if _WIDE.search(form):
        raise Refused("a format too wide")
    made: str = paid(format(weighed(value), form))
    return made


def _weighing(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda left, right: function(weighed(left), weighed(right))


def _contains(left: Any, right: Any) -> Any:
    if isinstance(right, range) and type(left) not in (int, bool) and len(right) > LONGEST:
        raise Refused("a value too long")
    return (
        weighed(left) in weighing(weighed(right))
        if hasattr(type(right), "__next__")
        else left in weighed(right)
    )


def item(holder: Any, key: Any) -> Any:
    """One element; a class with parameters of types is the class."""
    if type(holder) in _PLAIN_CLASSES:
        return holder
    if type(key) is slice or type(holder) is Match:
        return paid(holder[key])
    return holder[weighed(key)]


def set_item(holder: Any, key: Any, value: Any) -> None:
    """Changes one element."""
    holder[weighed(key)] = finite(value) if type(key) is slice else value
    bounded(holder)


def delete_item(holder: Any, key: Any) -> None:
    """Deletes one element."""
    del holder[weighed(key)]


def part(lower: Any, upper: Any, step: Any = None) -> slice:
    """A slice; its ends are numbers, as slices of slices would have no bound."""
    for end in (lower, upper, step):
        if end is not None and not isinstance(end, int):
            raise Refused("a slice of what are no numbers")
    return slice(lower, upper, step)


BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: _bounded(operator.add), ast.Sub: _bounded(operator.sub), ast.Mult: _multiplied,
    ast.Div: _bounded(operator.truediv), ast.FloorDiv: _bounded(operator.floordiv),
    ast.Mod: _remainder,
    ast.Pow: powered, ast.LShift: _shifted, ast.RShift: operator.rshift,
    ast.BitAnd: _bounded(operator.and_), ast.BitOr: _bounded(operator.or_),
    ast.BitXor: _bounded(operator.xor), ast.MatMult: operator.matmul,
}  # fmt: skip
IN_PLACE: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    **BINARY,
    ast.Add: _bounded(operator.iadd), ast.Sub: _bounded(operator.isub),
    ast.Mult: partial(_multiplied, function=operator.imul),
    ast.BitAnd: _bounded(operator.iand), ast.BitOr: _bounded(operator.ior),
    ast.BitXor: _bounded(operator.ixor),
}  # fmt: skip
UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.Not: operator.not_, ast.USub: operator.neg, ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
}  # fmt: skip
COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: _weighing(operator.eq), ast.NotEq: _weighing(operator.ne),
    ast.Lt: _weighing(operator.lt), ast.LtE: _weighing(operator.le),
    ast.Gt: _weighing(operator.gt), ast.GtE: _weighing(operator.ge),
    ast.Is: operator.is_, ast.IsNot: operator.is_not,
    ast.In: _contains, ast.NotIn: lambda left, right: not _contains(left, right),
}  # fmt: skip
