"""`getattr` and its kin, which see what dots see, and what else calls back: `print`, `vars`."""

from __future__ import annotations

import builtins
import types
from typing import Any

from researchers.program_analysis.rehearsal import attributes
from researchers.program_analysis.rehearsal.closed import Closed
from researchers.program_analysis.rehearsal.hints import Hint
from researchers.program_analysis.rehearsal.libraries import LIBRARIES
from researchers.program_analysis.rehearsal.limits import Refused
from researchers.program_analysis.rehearsal.made import KEPT_BACK, MADE, is_made
from researchers.program_analysis.rehearsal.natives import BUILTINS, MODULES, Namespace
from researchers.program_analysis.rehearsal.output import OUT
from researchers.program_analysis.rehearsal.warned import WARNINGS
from researchers.program_analysis.rehearsal.weights import weighed

_ABSENT = object()


def _has(holder: Any, name: str) -> bool:
    if type(holder) is Closed:
        raise Refused(holder.name)
    try:
        attributes.read(holder, name)
    except AttributeError:
        return False
    return True


def _get(holder: Any, name: str, default: Any = _ABSENT) -> Any:
    try:
        return attributes.read(holder, name)
    except AttributeError:
        if default is _ABSENT:
            raise
        return default


def _real(kinds: Any) -> Any:
    """The classes that a test of kinds names; no value is of one that is not known."""
    if isinstance(kinds, tuple):
        return tuple(_real(kind) for kind in kinds if type(kind) is not Closed)
    if type(kinds) is Closed:
        return ()
    if isinstance(kinds, Hint):
        if not kinds.__args__:
            raise Refused("a hint as a class")
        return _real(kinds.__args__)
    return _STANDS_FOR.get(kinds, kinds) if type(kinds) is types.FunctionType else kinds


_STANDS_FOR: dict[Any, type] = {attributes.kind_of: type} | {
    BUILTINS[name]: getattr(builtins, name)
    for name in ("slice", "reversed", "enumerate", "zip", "filter", "map")
}


def _is_instance(value: Any, kinds: Any) -> bool:
    weighed(kinds)
    if type(value) is Closed:
        raise Refused(value.name)
    return isinstance(value, _real(kinds))


def _is_subclass(value: Any, kinds: Any) -> bool:
    weighed(kinds)
    if type(value) is Closed:
        raise Refused(value.name)
    return issubclass(_real(value), _real(kinds))


def _vars(*holder: Any) -> Any:
    if not holder:
        raise Refused("vars()")
    return attributes.read(holder[0], "__dict__")


def _dir(holder: Any) -> list[str]:
    """`dir`: names alone, without those that mark what the interpreter made."""
    if type(holder) is Closed:
        raise Refused(holder.name)
    if isinstance(holder, Namespace):
        return sorted(vars(holder))
    kind = holder if isinstance(holder, type) else type(holder)
    told = {name for base in kind.__mro__ for name in base.__dict__}
    own = attributes.read(holder, "__dict__") if _is_plain(holder) else ()
    return sorted(name for name in told.union(own) - {MADE, KEPT_BACK} if isinstance(name, str))


def _is_plain(holder: Any) -> bool:
    """Whether an object of the program has attributes of its own."""
    return is_made(type(holder)) and hasattr(holder, "__dict__")


def _print(
    *values: Any, sep: str | None = " ", end: str | None = "\n", file: Any = None, flush: Any = None
) -> None:
    """`print`, to what has a method to write."""
    write = attributes.read(OUT if file is None else file, "write")
    for place, value in enumerate(values):
        if place:
            attributes.call(write, [" " if sep is None else sep], {})
        attributes.call(write, [str(weighed(value))], {})
    attributes.call(write, ["\n" if end is None else end], {})


REFLECTION: dict[str, Any] = {
    "getattr": _get, "hasattr": _has, "setattr": attributes.write, "delattr": attributes.delete,
    "type": attributes.kind_of, "isinstance": _is_instance, "issubclass": _is_subclass,
    "vars": _vars, "dir": _dir, "print": _print,
}  # fmt: skip
attributes.TAKING_CLOSED.update(
    (_is_instance, _is_subclass, _get, attributes.write, WARNINGS["warn_explicit"],
     LIBRARIES["inspect"]["getfile"], vars(MODULES["typing"])["cast"])
)  # fmt: skip
