"""What rehearsed code may reach: attributes of its own objects, and harmless built-in ones.

Names with two underscores lead to Python's own machinery (`__globals__`, `__subclasses__`), and are
refused unless the rehearsed program defines them or they are listed here.
"""

from __future__ import annotations

import datetime
import fractions
import types
from collections import Counter, deque
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from researchers.program_analysis.rehearsal import callbacks
from researchers.program_analysis.rehearsal.closed import Closed, is_closed
from researchers.program_analysis.rehearsal.formatting import formatter
from researchers.program_analysis.rehearsal.holders import (
    defines,
    delete_plainly,
    getting,
    is_method,
    is_of_made,
    keeps_its_own,
    line,
    members,
    plain_name,
    plainly,
    set_plainly,
    shown,
)
from researchers.program_analysis.rehearsal.limits import (
    GROWING,
    LONGEST,
    Refused,
    bounded,
    length,
    paid,
    whole,
)
from researchers.program_analysis.rehearsal.made import (
    KEPT_BACK,
    MADE,
    is_function,
    is_made,
    is_own,
    kept_back,
)
from researchers.program_analysis.rehearsal.methods import (
    COMPARING,
    KEEPING,
    KEYED,
    METHODS,
    READING,
    RISKY,
    TAKING,
)
from researchers.program_analysis.rehearsal.natives import (
    BUILTINS,
    KINDS,
    Library,
    Namespace,
    limited,
)
from researchers.program_analysis.rehearsal.patterns import Match
from researchers.program_analysis.rehearsal.streams import finite, gathered, weighing
from researchers.program_analysis.rehearsal.weights import weighed

_SHORT = 1_000
_CODECS = frozenset(
    {"utf-8", "utf8", "UTF-8", "UTF8", "ascii", "latin-1", "latin1", "iso-8859-1", "utf-16",
     "utf-16-le", "utf-16-be", "utf-32", "cp1252", "strict", "ignore", "replace",
     "xmlcharrefreplace", "backslashreplace"}
)  # fmt: skip
_SPECIAL = frozenset(
    {"__init__", "__name__", "__len__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__",
     "__iter__", "__next__", "__repr__", "__str__", "__contains__", "__getitem__", "__setitem__",
     "__delitem__", "__enter__", "__exit__", "__hash__", "__call__", "__add__", "__doc__",
     "__post_init__", "__bool__", "__new__", "__qualname__", "__module__", "__init_subclass__",
     "__missing__", "__reversed__", "__sub__", "__or__", "__and__", "__xor__", "__iadd__",
     "__ior__",
     "__iand__", "__isub__", "__int__", "__float__", "__get__", "__set__"}
)  # fmt: skip
_UNBOUND = frozenset(
    {"__init__", "__getitem__", "__setitem__", "__delitem__", "__contains__", "__len__", "__iter__",
     "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__", "__repr__", "__str__",
     "__get__", "__set__"}
)  # fmt: skip
_TOLD = frozenset({"__doc__", "__name__", "__qualname__", "__module__", "__wrapped__"})
"""What a decorator writes of what it wraps."""
_OF_FIXED_SIZE = (datetime.date, datetime.time)
_KEEPERS = (list, dict, deque)
_TEXTS = (str, bytes, bytearray)
_COMMON = frozenset({object, dict, list, set, tuple, str, int, float, property})
_ABSENT = object()
_NAMED = frozenset({"__name__", "__doc__", "__qualname__", "__module__"})
_FUNCTIONS = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, type)


def read(holder: Any, name: str) -> Any:
    """The value of an attribute; raises Refused for what may not be seen."""
    if type(name) is not str:
        name = plain_name(name)
    if type(holder) is Closed:
        return Closed(f"{holder.name}.{name}")
    if isinstance(holder, Namespace):
        return _of_module(holder, name)
    if isinstance(holder, super) and not is_of_made(holder):
        raise Refused("super() of Python's own")
    if name.startswith("__"):
        found = _special(holder, name)
        if found is not _ABSENT:
            return found
    if name == "elements" and isinstance(holder, Counter):
        return limited(holder.elements)
    if name == "format" and isinstance(holder, str):
        return formatter(holder, read)
    if not _open(holder, name):
        _check_absent(holder, name)
    return getattr(holder, name)


def _special(holder: Any, name: str) -> Any:
    """An attribute that Python has a meaning for; _ABSENT for one to be read like others."""
    kind = holder if isinstance(holder, type) else type(holder)
    if name == "__class__":
        return kind_of(holder)
    if name in ("__setattr__", "__delattr__") and not defines(holder, name):
        return plainly(holder, set_plainly if name == "__setattr__" else delete_plainly)
    if isinstance(holder, type) and not is_made(kind) and _is_common(kind):
        if name in _UNBOUND:
            return _unbound(kind, name)
        if name == "__new__":
            return partial(_new, kind)
    if type(holder) in _COMMON and name in _UNBOUND:
        return getattr(holder, name)
    if name in ("__mro__", "__bases__") and isinstance(holder, type) and is_made(holder):
        return getattr(holder, name)
    if name == "__suppress_context__" and isinstance(holder, BaseException):
        return holder.__suppress_context__
    if name in ("__dict__", "__weakref__") and hasattr(holder, name):
        if name == "__dict__" and keeps_its_own(holder):
            return holder.__dict__
        if name == "__dict__" and isinstance(holder, type) and is_made(holder):
            return types.MappingProxyType(dict(members(holder)))
        raise Refused(name)
    if name in _SPECIAL or defines(holder, name):
        return _ABSENT
    if is_function(holder) and name == "__wrapped__" and name in holder.__dict__:
        return holder.__dict__[name]
    if is_function(holder) and name == "__get__":
        return partial(getting, holder)
    if isinstance(holder, BaseException) and name in ("__cause__", "__context__"):
        return shown(getattr(holder, name))
    if is_method(holder) and name in ("__self__", "__func__"):
        return getattr(holder, name)
    if any(name in METHODS.get(base, ()) for base in line(holder)):
        return getattr(holder, name)
    alone = kept_back(kind, name)
    if alone is not None:
        return _bound(alone, holder, kind)
    if hasattr(holder, name):
        raise Refused(name)
    if defines(holder, "__getattr__") and not isinstance(holder, type):
        return _ABSENT
    raise AttributeError(name)


def kind_of(value: Any, *rest: Any) -> Any:
    """`type`: of a value, or a new class. The class of classes is this function."""
    if rest:
        from researchers.program_analysis.rehearsal.classes import made_by_type

        return made_by_type(value, *rest)
    if type(value) is Closed:
        return Closed(f"{value.name}.__class__")
    kind = type(value)
    if kind is slice:
        return BUILTINS["slice"]
    return kind_of if issubclass(kind, type) else kind


def _is_common(kind: type) -> bool:
    return kind in _COMMON or issubclass(kind, BaseException)


def _unbound(kind: type, name: str) -> Callable[..., Any]:
    """A special method of one of Python's classes, such as `dict.__setitem__`."""
    method = getattr(kind, name)

    def run(holder: Any, *given: Any, **named: Any) -> Any:
        if not isinstance(holder, kind):
            raise TypeError(f"descriptor {name!r} requires a {kind.__name__!r} object")
        return call(method.__get__(holder, type(holder)), list(given), named)

    run.__name__ = name
    return run


def _new(kind: Any, wanted: Any, *given: Any, **named: Any) -> Any:
    """`__new__` of one of Python's classes, for kinds of it that the program has."""
    if not isinstance(wanted, type) or not is_made(wanted) or not issubclass(wanted, kind):
        raise Refused("__new__")
    return call(kind.__new__, [wanted, *given], named)


def _bound(member: Any, holder: Any, kind: type) -> Any:
    """A member that is kept from Python, bound as Python would bind it."""
    if is_function(member) or isinstance(member, property | classmethod | staticmethod):
        return member.__get__(None if holder is kind else holder, kind)
    return member


def write(holder: Any, name: str, value: Any) -> None:
    """Sets an attribute of an object or class of the rehearsed program."""
    name = plain_name(name)
    if name in (MADE, KEPT_BACK):
        raise Refused(name)
    kind = holder if isinstance(holder, type) else type(holder)
    if is_function(holder) and (name[:1] != "_" or name == "__wrapped__"):
        holder.__dict__[name] = value
        return
    if name in _TOLD and (is_function(holder) or is_made(kind)):
        if isinstance(value, str) and length(value) > _SHORT:
            raise Refused("a long name")
        if name != "__module__":
            setattr(holder, name, value)
        return
    if _is_of_target(holder) and name[:2] != "__":
        vars(holder)[name] = value
        return
    if name.startswith("__") or not is_made(kind):
        if kind in METHODS and kind is not holder and not hasattr(holder, name):
            raise AttributeError(name)
        raise Refused(name)
    if name == "default_factory":
        value = callbacks.factory(value, call)
    setattr(holder, name, value)


def delete(holder: Any, name: str) -> None:
    """Deletes an attribute of an object of the rehearsed program."""
    name = plain_name(name)
    if name in (MADE, KEPT_BACK):
        raise Refused(name)
    if _is_of_target(holder) and name[:2] != "__":
        if vars(holder).pop(name, _ABSENT) is _ABSENT:
            raise AttributeError(name)
        return
    kind = holder if isinstance(holder, type) else type(holder)
    if name.startswith("__") or not is_made(kind):
        raise Refused(name)
    delattr(holder, name)


def _is_of_target(holder: Any) -> bool:
    """Whether it is a module that this world alone has."""
    return type(holder) is Namespace


def call(function: Any, given: list[Any], named: dict[str, Any]) -> Any:
    """Calls what the rehearsed program may call; raises Refused for what would take long."""
    if type(function) is Closed:
        raise Refused(function.name)
    if is_own(function):
        return function(*given, **named)
    if isinstance(function, type) and not _may_be_made(function):
        raise Refused(function.__name__)
    name = getattr(function, "__name__", "")
    holder = getattr(function, "__self__", None)
    risky = name in RISKY and not isinstance(holder, _OF_FIXED_SIZE)
    if not _keeps_only(function, name, holder):
        for value in (*given, *named.values()):
            _check(value, risky)
    elif given and name in KEYED:
        weighed(given[0])
    if risky or name in COMPARING or name.startswith("__"):
        _check(holder, False)
    if risky and isinstance(holder, _TEXTS) and length(holder) > _SHORT:
        raise Refused("a text too long")
    if name == "__new__":
        _check_made(function, given)
    for value in (holder, *given[:1]):
        callbacks.check_chance(value)
    if name in ("encode", "decode") and not _CODECS.issuperset((*given, *named.values())):
        raise Refused("a codec")
    if function is fractions.Fraction and any("e" in str.lower(v) for v in _texts(given, named)):
        raise Refused("a fraction with an exponent")
    if name in TAKING and isinstance(holder, list):
        given = [finite(value) for value in given]
    if name in READING or _is_a(function, GROWING):
        by_keys = isinstance(holder, dict) or _is_a(function, dict)
        given = [weighing(value, by_keys=by_keys) for value in given]
    if name == "join":
        given = [gathered(value) for value in given]
    given, named = callbacks.arguments(function, given, named, call)
    result = function(*given, **named)
    bounded(holder)
    return paid(weighed(result) if type(holder) is Match else result)


TAKING_CLOSED: set[Any] = {next}
"""Functions that may be given what is not known."""


def _keeps_only(function: Any, name: str, holder: Any) -> bool:
    """Whether a function does no more with values than to keep them, or knows itself what to do."""
    if type(function) is types.FunctionType or function is next:
        return function in TAKING_CLOSED
    is_builtin = type(function) is types.BuiltinFunctionType
    return is_builtin and name in KEEPING and isinstance(holder, _KEEPERS)


def _may_be_made(kind: type) -> bool:
    """Whether the program may make values of a class of Python's, which it may have by `type`."""
    return (
        kind in KINDS
        or is_made(kind)
        or issubclass(kind, BaseException)
        or (issubclass(kind, tuple) and hasattr(kind, "_fields"))
    )


def _is_a(function: Any, kind: Any) -> bool:
    return isinstance(function, type) and issubclass(function, kind)


def _check_made(function: Any, given: list[Any]) -> None:
    """Raises Refused for an object of Python's own that is made without its `__init__`."""
    if function == object.__new__ and not (isinstance(given[0], type) and is_made(given[0])):
        raise Refused("object.__new__")


def _texts(given: list[Any], named: dict[str, Any]) -> Iterator[str]:
    return (value for value in (*given, *named.values()) if isinstance(value, str))


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
        (isinstance(value, int) and abs(whole(value)) > _SHORT)
        or (isinstance(value, _TEXTS) and length(value) > _SHORT)
    ):
        raise Refused("makes too much")
    else:
        weighed(value)


def _open(holder: Any, name: str) -> bool:
    """Whether this attribute of this value may be read."""
    if isinstance(holder, super):
        return name in _SPECIAL or any(
            name in (base.__dict__ if is_made(base) else METHODS.get(base, ()))
            for base in line(holder)
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


def _check_absent(holder: Any, name: str) -> None:
    """Raises AttributeError where there is no such attribute at all, and Refused where there is."""
    kind = holder if isinstance(holder, type) else type(holder)
    known = kind in METHODS or is_made(kind) or isinstance(holder, _FUNCTIONS)
    if known and not hasattr(kind, name):
        if defines(holder, "__getattr__"):
            return
        raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}")
    raise Refused(f"{kind.__name__}.{name}")
