"""Classes of the rehearsed program, as classes of Python."""

from __future__ import annotations

import abc
import ast
import datetime
import enum
import random
import types
import typing
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from researchers.program_analysis.rehearsal import attributes
from researchers.program_analysis.rehearsal.cases import TestCase
from researchers.program_analysis.rehearsal.closed import Closed
from researchers.program_analysis.rehearsal.expressions import expression
from researchers.program_analysis.rehearsal.frames import Code, Frame
from researchers.program_analysis.rehearsal.hints import Hint
from researchers.program_analysis.rehearsal.holders import plain_name
from researchers.program_analysis.rehearsal.lenient import lenient_block
from researchers.program_analysis.rehearsal.limits import GROWING, RUNNING, Refused, paid
from researchers.program_analysis.rehearsal.made import (
    HOME,
    KEPT_BACK,
    MADE,
    is_function,
    is_made,
    kept_back,
)
from researchers.program_analysis.rehearsal.methods import words
from researchers.program_analysis.rehearsal.mixins import mixed
from researchers.program_analysis.rehearsal.naming import store
from researchers.program_analysis.rehearsal.scopes import Names, of_class

_PRICE = 20
"""Steps that a class takes, for the room that Python gives it."""
_BASES = frozenset(
    {
        object,
        abc.ABC,
        enum.Enum,
        enum.IntEnum,
        random.Random,
        typing.Protocol,
        TestCase,
        property,
        datetime.tzinfo,
        int,
        float,
        OrderedDict,
        Counter,
        defaultdict,
        *GROWING,
    }
    - {bytes, bytearray}
)
_DEFINED = frozenset(
    f"__{name}__"
    for name in words(
        """init new post_init repr str format hash bool len eq ne lt le gt ge iter next reversed
        contains getitem setitem delitem missing call enter exit add sub mul truediv floordiv mod
        pow matmul and or xor lshift rshift radd rsub rmul rtruediv rfloordiv rmod rpow rand ror
        rxor iadd isub imul itruediv ifloordiv imod iand ior ixor neg pos abs invert int float
        round floor ceil trunc divmod rdivmod getattr setattr delattr get set delete init_subclass
        copy deepcopy bytes fspath"""
    )
)
"""What a class may define of what Python calls by itself: no more than operations on its values.

Not those that lead Python's own functions elsewhere (`__reduce__`, `__annotations__`, `__index__`)
or whose exceptions it swallows (`__del__`, `__set_name__`): these are kept from Python.
"""
_LONGEST_NAME = 1_000
_TELLING = frozenset({"__repr__", "__str__", "__format__"})
_TOLD = frozenset({"__slots__", "__match_args__", "__hash__", "__doc__"})
_REFUSED = frozenset({"__getattribute__", "__prepare__", "__mro_entries__", "__annotations__"})
"""What changes all that a class does, so that nothing of it could be rehearsed without."""


def class_definition(node: ast.ClassDef, names: Names) -> Code:
    """Compiles a `class`."""
    inner = of_class(node, names)
    bases = [expression(base, names) for base in node.bases]
    keywords = [(k.arg, expression(k.value, names)) for k in node.keywords]
    decorators = [expression(d, names) for d in node.decorator_list]
    body = lenient_block(node.body, inner)
    annotations = {
        s.target.id: ast.unparse(s.annotation)
        for s in node.body
        if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)
    }
    assign = store(node.name, names)

    def define(frame: Frame) -> None:
        found = tuple(base(frame) for base in bases)
        named = {str(name): value(frame) for name, value in keywords}
        around = frame.outer if names.kind == "class" else frame
        home: list[type] = []
        inside = Frame(frame.world, {}, around, frame.globals, home)
        body(inside)
        space = inside.vars
        space.setdefault("__doc__", ast.get_docstring(node))
        made = new_class(node.name, found, space, annotations, named)
        home.append(made)
        named_members(made, space)
        mixed(made, frame.world)
        for wrap in [decorator(frame) for decorator in reversed(decorators)]:
            made = attributes.call(wrap, [made], {})
        assign(frame, made)

    return define


def new_class(
    name: str,
    bases: tuple[Any, ...],
    variables: Mapping[str, Any],
    annotations: Mapping[str, str],
    keywords: Mapping[str, Any],
) -> Any:
    """A class of Python; raises Refused for one that would mean more than the program says."""
    RUNNING.get().spend(_PRICE)
    _check_bases(bases)
    kind = keywords.get("metaclass", type)
    if kind not in (abc.ABCMeta, type, attributes.kind_of):
        raise Refused("a metaclass")
    options = {key: value for key, value in keywords.items() if key != "metaclass"}
    if options and not any("__init_subclass__" in vars(b) for b in _above(bases) if is_made(b)):
        raise Refused("a class's keywords")
    if kind is abc.ABCMeta:
        options["metaclass"] = kind
    kept = {key for key, value in variables.items() if _is_kept_back(key, value)}
    space = {key: value for key, value in variables.items() if key not in kept}
    space |= {"__module__": HOME, "__qualname__": name}
    for key in _TELLING & space.keys():
        if is_function(space[key]):
            space[key] = _paying(space[key])
    if annotations:
        space["__annotations__"] = dict(annotations)
    made = types.new_class(name, bases, options, lambda held: _fill(held, space))
    setattr(made, MADE, True)
    setattr(made, KEPT_BACK, {key: variables[key] for key in kept})
    return made


def made_by_type(name: Any, bases: Any, variables: Any) -> Any:
    """`type` of a name, bases and variables."""
    if type(name) is str and len(name) > _LONGEST_NAME:
        raise Refused("a long name")
    if type(name) is not str or type(bases) is not tuple or type(variables) is not dict:
        raise TypeError("type() argument")
    made = new_class(name, bases, {plain_name(k): v for k, v in variables.items()}, {}, {})
    named_members(made, variables)
    return made


def _above(bases: tuple[Any, ...]) -> Iterator[type]:
    return (kind for base in bases if isinstance(base, type) for kind in base.__mro__)


def named_members(made: type, space: Mapping[str, Any]) -> None:
    """Tells members of a class their names, which Python does itself for what it sees."""
    for name, value in space.items():
        tell = kept_back(type(value), "__set_name__")
        if tell is not None:
            attributes.call(tell, [value, made, name], {})


def _check_bases(bases: tuple[Any, ...]) -> None:
    """Raises Refused for kinds of Python that may not be changed by inheritance."""
    for base in bases:
        if isinstance(base, Closed):
            raise Refused(base.name)
        if isinstance(base, Hint) or base is typing.NamedTuple:
            continue
        if not isinstance(base, type):
            raise Refused("a base that is no class")
        if is_made(base) or base in _BASES or base.__module__ == "collections.abc":
            continue
        if issubclass(base, BaseException):
            continue
        if issubclass(base, tuple) and hasattr(base, "_fields"):
            continue
        raise Refused(f"a kind of {base.__name__}")


def _is_kept_back(name: str, value: Any) -> bool:
    """Whether a member is kept from Python, to which its name means more than to the program."""
    if name[:1] == name[-1:] == "_" and name[:2] != "__":
        _check_hook(name, value)
    if not name.startswith("__") or not name.endswith("__") or name in _TOLD:
        return False
    if name in _REFUSED:
        raise Refused(name)
    if isinstance(value, classmethod | staticmethod):
        value = value.__func__
    return name not in _DEFINED or not is_function(value)


def _check_hook(name: str, value: Any) -> None:
    """Raises Refused for a function of Python's that an enumeration would call by itself."""
    bound = isinstance(value, classmethod | staticmethod | type)
    if callable(value) and not bound and not is_function(value):
        raise Refused(name)


def _paying(function: Any) -> Any:
    """A method that tells a value in text, which is charged: Python joins what many tell."""

    def run(*given: Any, **named: Any) -> Any:
        return paid(function(*given, **named))

    run.__dict__.update(function.__dict__)
    run.__name__, run.__qualname__ = function.__name__, function.__qualname__
    run.__module__, run.__doc__ = function.__module__, function.__doc__
    return run


def _fill(held: Any, space: Mapping[str, Any]) -> None:
    for name, value in space.items():
        held[name] = value
