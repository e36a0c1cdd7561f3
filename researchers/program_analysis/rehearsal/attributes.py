"""What rehearsed code may reach: attributes of its own objects, and harmless built-in ones.

Names with two underscores lead to Python's own machinery (`__globals__`, `__subclasses__`), and are
refused unless the rehearsed program defines them or they are listed here.
"""

from __future__ import annotations

import fractions
import types
from collections.abc import Iterator
from typing import Any

from researchers.program_analysis.rehearsal.closed import Closed, is_closed
from researchers.program_analysis.rehearsal.formatting import formatter
from researchers.program_analysis.rehearsal.limits import LONGEST, Refused, bounded, paid
from researchers.program_analysis.rehearsal.made import MADE, is_function, is_made, is_own
from researchers.program_analysis.rehearsal.methods import CALLING, COMPARING, METHODS, RISKY
from researchers.program_analysis.rehearsal.natives import Library, Namespace
from researchers.program_analysis.rehearsal.weights import weighed

_SHORT = 1_000
_CODECS = frozenset({"utf-8", "utf8", "ascii", "latin-1"})
_SPECIAL = frozenset(
    {"__init__", "__name__", "__len__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__",
     "__iter__", "__next__", "__repr__", "__str__", "__contains__", "__getitem__", "__setitem__",
     "__delitem__", "__enter__", "__exit__", "__hash__", "__call__", "__add__", "__doc__",
     "__post_init__", "__bool__", "__new__", "__qualname__", "__module__"}
)  # fmt: skip
_NAMED = frozenset({"__name__", "__doc__", "__qualname__", "__module__"})
_FUNCTIONS = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, type)


def read(holder: Any, name: str) -> Any:
    """The value of an attribute; raises Refused for what may not be seen."""
    if type(holder) is Closed:
        return Closed(f"{holder.name}.{name}")
    if isinstance(holder, Namespace):
        return _of_module(holder, name)
    if holder is object and name == "__setattr__":
        return _set_plainly
    if name == "__class__":
        kind = type(holder)
        if MADE in kind.__dict__ or kind in METHODS or issubclass(kind, BaseException):
            return kind
        raise Refused(name)
    if name.startswith("__") and name not in _SPECIAL and not _defines(holder, name):
        if hasattr(holder, name):
            raise Refused(name)
        raise AttributeError(name)
    if name == "format" and type(holder) is str:
        return formatter(holder, read)
    if not _open(holder, name):
        _check_absent(holder, name)
    return getattr(holder, name)


def _set_plainly(holder: Any, name: str, value: Any) -> None:
    """`object.__setattr__`, by which frozen objects set their fields."""
    if not isinstance(name, str) or name.startswith("__") or not is_made(type(holder)):
        raise Refused("object.__setattr__")
    object.__setattr__(holder, name, value)


def write(holder: Any, name: str, value: Any) -> None:
    """Sets an attribute of an object or class of the rehearsed program."""
    kind = holder if isinstance(holder, type) else type(holder)
    if is_function(holder) and name[:1] != "_":
        holder.__dict__[name] = value
        return
    if name.startswith("__") or not is_made(kind):
        if kind in METHODS and kind is not holder and not hasattr(holder, name):
            raise AttributeError(name)
        raise Refused(name)
    setattr(holder, name, value)


def delete(holder: Any, name: str) -> None:
    """Deletes an attribute of an object of the rehearsed program."""
    if name.startswith("__") or not is_made(type(holder)):
        raise Refused(name)
    delattr(holder, name)


def call(function: Any, given: list[Any], named: dict[str, Any]) -> Any:
    """Calls what the rehearsed program may call; raises Refused for what would take long."""
    if type(function) is Closed:
        raise Refused(function.name)
    if is_own(function):
        return function(*given, **named)
    name = getattr(function, "__name__", "")
    holder = getattr(function, "__self__", None)
    risky = name in RISKY
    for value in (*given, *named.values()):
        _check(value, risky)
    if risky or name in COMPARING or name.startswith("__"):
        weighed(holder)
    if risky and type(holder) is str and len(holder) > _SHORT:
        raise Refused("a text too long")
    if name in ("encode", "decode") and not _CODECS.issuperset((*given, *named.values())):
        raise Refused("a codec")
    if function is fractions.Fraction and any("e" in str.lower(v) for v in _texts(given, named)):
        raise Refused("a fraction with an exponent")
    if name in CALLING:
        given = [_guarded(value) for value in given]
        named = {key: _guarded(value) for key, value in named.items()}
    result = function(*given, **named)
    bounded(holder)
    return paid(result)


def _texts(given: list[Any], named: dict[str, Any]) -> Iterator[str]:
    return (value for value in (*given, *named.values()) if isinstance(value, str))


def _guarded(value: Any) -> Any:
    """What Python's own functions are given to call, called as rehearsed code calls it."""
    if not callable(value) or is_own(value):
        return value

    def run(*given: Any, **named: Any) -> Any:
        return call(value, list(given), named)

    run.__name__ = getattr(value, "__name__", "run")
    return run


def _of_module(module: Namespace, name: str) -> Any:
    """The value that a module holds by this name, and nothing that Python has of any module."""
    space = vars(module)
    if name in space:
        return space[name]
    if not isinstance(module, Library):
        raise AttributeError(f"module has no attribute {name!r}")
    if name.startswith("__"):
        raise Refused(name)
    return module.missing(name)


def _check(value: Any, risky: bool) -> None:
    """Raises Refused for an argument that would keep a built-in function busy for long."""
    if is_closed(value):
        raise Refused("what is not known")
    if isinstance(value, range):
        if len(value) > LONGEST:
            raise Refused("a range too long")
    elif risky and (
        (isinstance(value, int) and abs(value) > _SHORT)
        or (isinstance(value, str) and len(value) > _SHORT)
    ):
        raise Refused("makes too much")
    else:
        weighed(value)


def _open(holder: Any, name: str) -> bool:
    """Whether this attribute of this value may be read."""
    if isinstance(holder, super):
        parent: Any = holder
        line = parent.__self_class__.__mro__
        above = line[line.index(parent.__thisclass__) + 1 :]
        return name in _SPECIAL or any(
            name in (base.__dict__ if is_made(base) else METHODS.get(base, ())) for base in above
        )
    if isinstance(holder, _FUNCTIONS) and name in _NAMED:
        return True
    if isinstance(holder, types.FunctionType):
        return is_function(holder) and name in holder.__dict__
    kind = holder if isinstance(holder, type) else type(holder)
    made = is_made(kind)
    if made and (name in _SPECIAL or name in getattr(holder, "__dict__", ())):
        return True
    for base in kind.__mro__:
        if is_made(base) and name in base.__dict__:
            return True
        if name in METHODS.get(base, ()):
            return True
    return issubclass(kind, tuple) and name in getattr(kind, "_fields", ())


def _defines(holder: Any, name: str) -> bool:
    kind = holder if isinstance(holder, type) else type(holder)
    return any(name in base.__dict__ for base in kind.__mro__ if is_made(base))


def _check_absent(holder: Any, name: str) -> None:
    """Raises AttributeError where there is no such attribute at all, and Refused where there is."""
    kind = holder if isinstance(holder, type) else type(holder)
    known = kind in METHODS or is_made(kind) or isinstance(holder, _FUNCTIONS)
    if known and not hasattr(kind, name):
        if _defines(holder, "__getattr__"):
            return
        raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}")
    raise Refused(f"{kind.__name__}.{name}")
