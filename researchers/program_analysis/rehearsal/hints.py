"""What annotations are made of: names that say something to a checker and nothing when run."""

from __future__ import annotations

from collections import Counter, OrderedDict, abc, defaultdict, deque
from collections.abc import (
    Callable,
    Generator,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from typing import Any, NamedTuple, Protocol, SupportsIndex

from researchers.program_analysis.rehearsal.methods import METHODS, words


class Hint:
    """A type that no value has: with parameters it is itself, and a class that has it as base has
    none. Of a union, the parameters are known."""

    def __init__(self, kinds: tuple[Any, ...] = ()) -> None:
        self.__args__ = kinds

    def __getitem__(self, parameters: Any) -> Hint:
        return self

    def __or__(self, other: Any) -> Hint:
        return self

    __ror__ = __or__

    __iter__ = __contains__ = None
    """Without these, what has elements to take would be gone through for ever."""

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[()]:
        return ()


class _Union(Hint):
    """`typing.Union`."""

    def __getitem__(self, parameters: Any) -> Hint:
        return Hint(parameters if isinstance(parameters, tuple) else (parameters,))


METHODS[Hint] = METHODS[_Union] = frozenset({"__args__"})
HINT = Hint()


def _type_variable(name: Any, *kinds: Any, **named: Any) -> Hint:
    return HINT


def _same(value: Any) -> Any:
    return value


def _cast(kind: Any, value: Any) -> Any:
    return value


def _new_type(name: Any, kind: Any) -> Callable[[Any], Any]:
    return _same


def functions() -> dict[str, Any]:
    """What of `typing` may be imported."""
    hints = words(
        """Any Generic Optional Literal Final ClassVar TypeAlias Self Type NoReturn Never AnyStr IO
        TextIO BinaryIO Annotated Required NotRequired Concatenate TypeGuard Pattern Match
        LiteralString Unpack SupportsInt SupportsFloat SupportsAbs SupportsRound"""
    )
    return {
        **dict.fromkeys(hints, HINT),
        "NamedTuple": NamedTuple, "Protocol": Protocol, "TYPE_CHECKING": False,
        "Union": _Union(), "Text": str, "ParamSpec": _type_variable, "TypeVarTuple": _type_variable,
        "final": _same, "no_type_check": _same, "override": _same,
        **{name: getattr(abc, name) for name in
           words("Collection Container MutableMapping MutableSequence MutableSet Reversible Sized "
                 "KeysView ItemsView ValuesView Awaitable Coroutine AsyncIterator AsyncIterable")},
        "AbstractSet": abc.Set, "FrozenSet": frozenset, "DefaultDict": defaultdict,
        "OrderedDict": OrderedDict,
        "TypeVar": _type_variable, "NewType": _new_type, "cast": _cast, "overload": _same,
        "SupportsIndex": SupportsIndex,
        "Callable": Callable, "Iterable": Iterable, "Iterator": Iterator, "Sequence": Sequence,
        "Mapping": Mapping, "Hashable": Hashable, "Generator": Generator,
        "List": list, "Dict": dict, "Tuple": tuple, "Set": set, "Counter": Counter, "Deque": deque,
    }  # fmt: skip
