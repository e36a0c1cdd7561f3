"""What rehearsed code may use of Python itself: built-in functions and modules.

Everything here changes nothing outside its arguments, and is bounded or made so.
"""

from __future__ import annotations

import abc
import ast
import bisect
import builtins
import collections
import copy
import dataclasses
import datetime
import enum
import fractions
import functools
import heapq
import itertools
import math
import operator
import random
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from researchers.program_analysis.rehearsal import patterns
from researchers.program_analysis.rehearsal.libraries import LIBRARIES
from researchers.program_analysis.rehearsal.limits import LONGEST, Refused
from researchers.program_analysis.rehearsal.operators import (
    BINARY,
    formatted,
    powered,
    weighed,
)


class Namespace:
    """A module of the target, as far as it may be used: all its attributes may be read."""

    def __init__(self, name: str, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)
        self.__dict__["__name__"] = name


class Library(Namespace):
    """A module that is not the target's; of what it lacks nothing is known."""


def _count(start: Any = 0, step: Any = 1) -> Iterator[Any]:
    for _ in range(LONGEST):
        yield start
        start = start + step
    raise Refused("counts too far")


def _cycle(records: Any) -> Iterator[Any]:
    kept = list(records)
    for _ in range(LONGEST // max(1, len(kept)) if kept else 0):
        yield from kept
    if kept:
        raise Refused("goes round too often")


def _repeat(value: Any, times: int = LONGEST + 1) -> Iterator[Any]:
    if times > LONGEST:
        for _ in range(LONGEST):
            yield value
        raise Refused("repeats too often")
    yield from itertools.repeat(value, times)


def _limited(function: Callable[..., Any]) -> Callable[..., Any]:
    """An iterator's function whose records are counted."""

    def made(*given: Any, **named: Any) -> Iterator[Any]:
        for place, record in enumerate(function(*given, **named)):
            if place > LONGEST:
                raise Refused("goes on for too long")
            yield record

    made.__name__ = getattr(function, "__name__", "made")
    return made


def _small(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of whole numbers that is refused large ones."""

    def made(*given: Any) -> Any:
        if any(isinstance(v, int) and abs(v) > 200 for v in given):
            raise Refused("a number too large")
        return function(*given)

    return made


def _only(module: Any, names: str) -> dict[str, Any]:
    return {name: getattr(module, name) for name in names.split()}


_CALLED = (
    "len min max sum abs round divmod any all ord chr hash callable id ascii bin oct hex "
    "next sorted reversed enumerate zip filter map super "
    "int float str bool list tuple set dict frozenset bytes complex range slice object property "
    "classmethod staticmethod NotImplemented Ellipsis"
)
_TYPING = (
    "Any NamedTuple TypeVar Generic Protocol Optional Union Callable Iterable Iterator Sequence "
    "Mapping Literal Final ClassVar cast overload Hashable List Dict Tuple Set TYPE_CHECKING "
    "TypeAlias NewType Self Generator Counter Deque runtime_checkable SupportsIndex"
)
MODULES: dict[str, Library] = {
    name: Library(name, values)
    for name, values in {
        "math": {
            **_only(math, "sqrt floor ceil gcd lcm log log2 log10 log1p exp fabs isqrt isnan isinf "
                          "hypot trunc pi inf nan e tau sin cos tan atan atan2 asin acos radians "
                          "degrees copysign fmod modf isclose fsum dist isfinite"),
            **{n: _small(getattr(math, n)) for n in ("factorial", "comb", "perm")},
            "pow": powered, "prod": lambda records, start=1: _product(records, start),
        },
        "collections": _only(collections, "deque Counter defaultdict OrderedDict namedtuple"),
        "collections.abc": _only(collections.abc, "Callable Hashable Iterable Iterator Mapping "
                                 "MutableMapping Sequence Set Generator MutableSequence Sized "
                                 "Collection Container MutableSet Reversible"),
        "heapq": _only(heapq, "heappush heappop heapify heappushpop heapreplace nlargest nsmallest "
                              "merge"),
        "bisect": _only(bisect, "bisect bisect_left bisect_right insort insort_left insort_right"),
        "itertools": {
            **{n: _limited(getattr(itertools, n)) for n in
               ["product", "permutations", "combinations", "combinations_with_replacement"]},
            **_only(itertools, "chain accumulate groupby islice takewhile dropwhile zip_longest "
                               "pairwise starmap compress filterfalse tee"),
            "count": _count, "cycle": _cycle, "repeat": _repeat,
        },
        "functools": _only(functools, "reduce lru_cache cache wraps partial total_ordering "
                                      "cmp_to_key cached_property"),
        "operator": {
            **_only(operator, "itemgetter add sub truediv floordiv neg eq ne lt le gt ge not_ and_ "
                              "or_ xor"),
            "mul": BINARY[ast.Mult], "pow": powered,
        },
        "dataclasses": _only(dataclasses, "dataclass field replace asdict astuple fields "
                                          "is_dataclass"),
        "typing": {n: getattr(typing, n) for n in _TYPING.split()},
        "enum": _only(enum, "Enum IntEnum auto"),
        "abc": _only(abc, "ABC abstractmethod"),
        "copy": {"copy": copy.copy, "deepcopy": lambda value: copy.deepcopy(weighed(value))},
        "random": _only(random, "Random"),
        "fractions": _only(fractions, "Fraction"),
        "datetime": _only(datetime, "date datetime timedelta"),
        "re": patterns.functions(),
        "__future__": {"annotations": None},
        **LIBRARIES,
    }.items()
}  # fmt: skip


for _name in [name for name in MODULES if "." in name]:
    _holder, _, _last = _name.rpartition(".")
    MODULES.setdefault(_holder, Library(_holder, {})).__dict__[_last] = MODULES[_name]


def _product(records: Any, start: Any = 1) -> Any:
    for record in records:
        start = BINARY[ast.Mult](start, record)
    return start


def _plain_format(value: Any, form: str = "") -> str:
    return formatted(weighed(value), form)


def _iter(records: Any) -> Iterator[Any]:
    return iter(records)


def _printed(*values: Any, **named: Any) -> None:
    """Nothing is shown."""


BUILTINS: dict[str, Any] = {
    **{name: getattr(builtins, name) for name in _CALLED.split()},
    **{
        name: value
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    },
    "pow": powered, "repr": lambda value: repr(weighed(value)), "format": _plain_format,
    "print": _printed, "iter": _iter, "__name__": "rehearsed",
}  # fmt: skip
