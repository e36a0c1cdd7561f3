"""What rehearsed code may use of Python itself: built-in functions and modules.

Everything here changes nothing outside its arguments, and is bounded or made so.
"""

from __future__ import annotations

import abc
import ast
import bisect
import builtins
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import heapq
import io
import itertools
import math
import operator
import random
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from researchers.program_analysis.rehearsal import copying, hints, patterns, records
from researchers.program_analysis.rehearsal.closed import Closed
from researchers.program_analysis.rehearsal.libraries import LIBRARIES
from researchers.program_analysis.rehearsal.limits import (
    STEP,
    Refused,
    bounded,
    charge,
    whole,
)
from researchers.program_analysis.rehearsal.made import is_function, is_made
from researchers.program_analysis.rehearsal.methods import METHODS
from researchers.program_analysis.rehearsal.operators import (
    BINARY,
    COMPARE,
    IN_PLACE,
    formatted,
    item,
    part,
    powered,
    set_item,
)
from researchers.program_analysis.rehearsal.streams import metered
from researchers.program_analysis.rehearsal.weights import weighed


class Namespace:
    """A module of the target, as far as it may be used: all its attributes may be read."""

    def __init__(self, name: str, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)
        self.__dict__["__name__"] = name


KINDS: set[type] = set()
"""Classes of Python's that the program may make values of."""


class Library(Namespace):
    """A module that is not the target's; of what it lacks nothing is known."""

    def __init__(self, name: str, values: Mapping[str, Any]) -> None:
        super().__init__(name, values)
        kinds = (value for value in values.values() if isinstance(value, type))
        KINDS.update(kind for kind in kinds if not issubclass(kind, type))

    def missing(self, name: str) -> Any:
        """What stands for a name that it lacks."""
        return Closed(f"{vars(self)['__name__']}.{name}")


def limited(function: Callable[..., Iterable[Any]]) -> Callable[..., Iterator[Any]]:
    """An iterator's function whose records are charged when they are read."""

    def made(*given: Any, **named: Any) -> Iterator[Any]:
        return metered(function(*given, **named))

    made.__name__ = getattr(function, "__name__", "made")
    return made


class _Chain:
    """`itertools.chain`."""

    def __call__(self, *given: Iterable[Any]) -> Iterator[Any]:
        return metered(itertools.chain(*given))

    def from_iterable(self, given: Iterable[Iterable[Any]]) -> Iterator[Any]:
        """The records of records."""
        return metered(itertools.chain.from_iterable(given))


METHODS[_Chain] = frozenset({"from_iterable"})


def _count(start: Any = 0, step: Any = 1) -> Iterator[Any]:
    while True:
        yield start
        start = BINARY[ast.Add](start, step)


def _item_getter(*keys: Any) -> Callable[[Any], Any]:
    """`operator.itemgetter`."""
    if len(keys) == 1:
        return lambda holder: item(holder, keys[0])
    return lambda holder: tuple(item(holder, key) for key in keys)


def _tee(records: Iterable[Any], n: int = 2) -> tuple[Iterator[Any], ...]:
    if n > 20:
        raise Refused("too many iterators")
    return tuple(metered(one) for one in itertools.tee(records, n))


def _reduced(operate: Callable[[Any, Any], Any], first: Any, name: str) -> Callable[..., Any]:
    """A function of many records, two at a time and bounded."""

    def made(records: Any, start: Any = first) -> Any:
        for place, record in enumerate(records):
            if place % STEP == 0:
                charge(STEP)
            start = operate(start, record)
        return start

    made.__name__ = name
    return made


def _lcm(*numbers: Any) -> Any:
    return functools.reduce(lambda one, other: bounded(math.lcm(one, other)), numbers, 1)


def _of_made(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A decorator that sets attributes, for what the interpreter made alone."""

    def made(given: Any) -> Any:
        if is_function(given) or (isinstance(given, type) and is_made(given)):
            return function(given)
        raise Refused("changes what is Python's own")

    return made


def _small(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of whole numbers that is refused large ones."""

    def made(*given: Any) -> Any:
        if any(isinstance(v, int) and abs(whole(v)) > 200 for v in given):
            raise Refused("a number too large")
        return function(*given)

    return made


def _only(module: Any, names: str) -> dict[str, Any]:
    return {name: getattr(module, name) for name in names.split()}


_CALLED = (
    "len min max abs round divmod any all ord chr hash callable id ascii bin oct hex "
    "next sorted super "
    "int float str bool list tuple set dict frozenset bytes bytearray complex range object "
    "property "
    "classmethod staticmethod NotImplemented Ellipsis"
)
MODULES: dict[str, Library] = {
    name: Library(name, values)
    for name, values in {
        "math": {
            **_only(math, "sqrt floor ceil gcd log log2 log10 log1p exp fabs isqrt isnan isinf "
                          "hypot trunc pi inf nan e tau sin cos tan atan atan2 asin acos radians "
                          "degrees copysign pow fmod modf isclose fsum dist isfinite"),
            **{n: _small(getattr(math, n)) for n in ("factorial", "comb", "perm")},
            "lcm": _lcm,
            "prod": lambda records, start=1: _reduced(BINARY[ast.Mult], 1, "prod")(records, start),
        },
        "collections": _only(collections, "deque Counter defaultdict OrderedDict namedtuple"),
        "collections.abc": _only(collections.abc, "Callable Hashable Iterable Iterator Mapping "
                                 "MutableMapping Sequence Set Generator MutableSequence Sized "
                                 "Collection Container MutableSet Reversible KeysView ItemsView "
                                 "ValuesView MappingView Awaitable Coroutine AsyncIterator "
                                 "AsyncIterable"),
        "types": {**_only(types, "FunctionType LambdaType MethodType BuiltinFunctionType "
                                 "BuiltinMethodType GeneratorType NoneType TracebackType "
                                 "MappingProxyType CodeType FrameType CoroutineType "
                                 "AsyncGeneratorType EllipsisType NotImplementedType"),
                  "ModuleType": Namespace},
        "heapq": _only(heapq, "heappush heappop heapify heappushpop heapreplace nlargest nsmallest "
                              "merge"),
        "bisect": _only(bisect, "bisect bisect_left bisect_right insort insort_left insort_right"),
        "itertools": {
            **{n: limited(getattr(itertools, n)) for n in
               ["product", "permutations", "combinations", "combinations_with_replacement",
                "accumulate", "groupby", "islice", "takewhile", "dropwhile", "zip_longest",
                "pairwise", "starmap", "compress", "filterfalse", "cycle", "repeat"]},
            "chain": _Chain(), "count": limited(_count), "tee": _tee,
        },
        "functools": {
            **_only(functools, "reduce lru_cache cache partial cmp_to_key cached_property"),
            "total_ordering": _of_made(functools.total_ordering),
        },
        "operator": {
            **_only(operator, "truediv floordiv neg pos invert inv truth "
                             "not_ abs index"),
            **{n: COMPARE[kind] for n, kind in
               (("eq", ast.Eq), ("ne", ast.NotEq), ("lt", ast.Lt), ("le", ast.LtE), ("gt", ast.Gt),
                ("ge", ast.GtE), ("is_", ast.Is), ("is_not", ast.IsNot))},
            **{n: IN_PLACE[kind] for n, kind in
               (("iadd", ast.Add), ("isub", ast.Sub), ("imul", ast.Mult), ("iand", ast.BitAnd),
                ("ior", ast.BitOr), ("ixor", ast.BitXor))},
            "mod": BINARY[ast.Mod], "lshift": BINARY[ast.LShift], "rshift": BINARY[ast.RShift],
            "contains": lambda holder, value: COMPARE[ast.In](value, holder),
            "concat": BINARY[ast.Add], "getitem": item, "setitem": set_item,
            "add": BINARY[ast.Add], "sub": BINARY[ast.Sub], "mul": BINARY[ast.Mult],
            "and_": BINARY[ast.BitAnd], "or_": BINARY[ast.BitOr], "xor": BINARY[ast.BitXor],
            "pow": powered, "itemgetter": _item_getter,
        },
        "dataclasses": {
            **_only(dataclasses, "field replace fields is_dataclass"),
            "dataclass": records.dataclass, "asdict": records.asdict, "astuple": records.astuple,
        },
        "typing": {**hints.functions(), "runtime_checkable": _of_made(typing.runtime_checkable)},
        "enum": {**_only(enum, "Enum IntEnum auto"), "unique": _of_made(enum.unique)},
        "abc": {"ABC": abc.ABC, "ABCMeta": abc.ABCMeta,
                "abstractmethod": _of_made(abc.abstractmethod)},
        "copy": {"copy": copying.shallow, "deepcopy": copying.deep},
        "random": {**LIBRARIES["random"], "Random": random.Random},
        "decimal": {
            **_only(decimal, "Decimal ROUND_CEILING ROUND_DOWN ROUND_FLOOR ROUND_HALF_DOWN "
                             "ROUND_HALF_EVEN ROUND_HALF_UP ROUND_UP ROUND_05UP InvalidOperation "
                             "DecimalException DivisionByZero Inexact Overflow"),
        },
        "fractions": _only(fractions, "Fraction"),
        "datetime": _only(datetime, "date datetime timedelta time timezone tzinfo MINYEAR MAXYEAR"),
        "re": patterns.functions(),
        "__future__": {"annotations": None},
        **{name: values for name, values in LIBRARIES.items() if name != "random"},
    }.items()
}  # fmt: skip


KINDS -= {kind for kind in vars(MODULES["types"]).values() if isinstance(kind, type)}
KINDS -= {io.IOBase, io.TextIOBase, io.RawIOBase, io.BufferedIOBase, io.TextIOWrapper}
KINDS.add(types.MappingProxyType)
KINDS -= {patterns.Pattern, patterns.Match}
MODULES["_collections_abc"] = MODULES["collections.abc"]
for _name in [name for name in MODULES if "." in name]:
    _holder, _, _last = _name.rpartition(".")
    MODULES.setdefault(_holder, Library(_holder, {})).__dict__[_last] = MODULES[_name]


def _plain_format(value: Any, form: str = "") -> str:
    return formatted(value, form)


def _slice(*ends: Any) -> slice:
    return part(None, *ends) if len(ends) == 1 else part(*ends)


def _iter(records: Any, *last: Any) -> Iterator[Any]:
    return limited(iter)(records, *last) if last else iter(records)


BUILTINS: dict[str, Any] = {
    **{name: getattr(builtins, name) for name in _CALLED.split()},
    **{
        name: value
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    },
    "pow": powered, "repr": lambda value: repr(weighed(value)), "format": _plain_format,
    **{n: limited(getattr(builtins, n))
       for n in ("reversed", "enumerate", "zip", "filter", "map")},
    "sum": _reduced(BINARY[ast.Add], 0, "sum"), "slice": _slice,
    "iter": _iter, "__name__": "rehearsed",
}  # fmt: skip
Library("builtins", BUILTINS)
