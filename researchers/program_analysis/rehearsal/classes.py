"""Classes of the rehearsed program, as classes of Python."""

from __future__ import annotations

import abc
import ast
import enum
import random
import types
import typing
from typing import Any

from researchers.program_analysis.rehearsal import attributes
from researchers.program_analysis.rehearsal.cases import TestCase
from researchers.program_analysis.rehearsal.expressions import expression, store
from researchers.program_analysis.rehearsal.frames import Code, Frame
from researchers.program_analysis.rehearsal.hints import Hint
from researchers.program_analysis.rehearsal.limits import GROWING, Refused
from researchers.program_analysis.rehearsal.made import HOME, MADE, is_function, is_made
from researchers.program_analysis.rehearsal.methods import words
from researchers.program_analysis.rehearsal.scopes import Names, of_class
from researchers.program_analysis.rehearsal.statements import block

_PRICE = 20
"""Steps that a class takes, for the room that Python gives it."""
_BASES = frozenset(
    {object, abc.ABC, enum.Enum, enum.IntEnum, random.Random, typing.Protocol, TestCase}
)
_MIXED = frozenset({int, float, str})
"""What an enumeration may also be; else kinds whose size is bounded by their own type only."""
_DEFINED = frozenset(
    f"__{name}__"
    for name in words(
        """init new post_init repr str format hash bool len eq ne lt le gt ge iter next reversed
        contains getitem setitem delitem missing call enter exit add sub mul truediv floordiv mod
        pow matmul and or xor lshift rshift radd rsub rmul rtruediv rfloordiv rmod rpow rand ror
        rxor iadd isub imul itruediv ifloordiv imod iand ior ixor neg pos abs invert int float
        round floor ceil trunc divmod getattr get set init_subclass copy deepcopy"""
    )
)
"""What a class may define of what Python calls by itself: no more than operations on its values.

Not those that lead Python's own functions elsewhere (`__reduce__`, `__annotations__`, `__index__`)
or whose exceptions it swallows (`__del__`, `__set_name__`).
"""
_TOLD = frozenset({"__slots__", "__match_args__", "__hash__", "__doc__"})


def class_definition(node: ast.ClassDef, names: Names) -> Code:
    """Compiles a `class`."""
    inner = of_class(node, names)
    bases = [expression(base, names) for base in node.bases]
    decorators = [expression(d, names) for d in node.decorator_list]
    body = block(node.body, inner)
    annotations = {
        s.target.id: ast.unparse(s.annotation)
        for s in node.body
        if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)
    }
    assign = store(node.name, names)

    def define(frame: Frame) -> None:
        if node.keywords:
            raise Refused("a class's keywords")
        frame.world.meter.spend(_PRICE)
        found = tuple(base(frame) for base in bases)
        _check_bases(found)
        around = frame.outer if names.kind == "class" else frame
        home: list[type] = []
        inside = Frame(frame.world, {}, around, frame.globals, home)
        body(inside)
        for name, value in inside.vars.items():
            _check_member(name, value)
        space = {**inside.vars, "__module__": HOME, "__qualname__": node.name}
        space.setdefault("__doc__", ast.get_docstring(node))
        if annotations:
            space["__annotations__"] = dict(annotations)
        made = types.new_class(node.name, found, {}, lambda held: _fill(held, space))
        setattr(made, MADE, True)
        home.append(made)
        for wrap in [decorator(frame) for decorator in reversed(decorators)]:
            made = attributes.call(wrap, [made], {})
        assign(frame, made)

    return define


def _check_bases(bases: tuple[Any, ...]) -> None:
    """Raises Refused for kinds of Python that may not be changed by inheritance."""
    mixed = any(isinstance(base, type) and issubclass(base, enum.Enum) for base in bases)
    for base in bases:
        if isinstance(base, Hint) or base is typing.NamedTuple:
            continue
        if not isinstance(base, type):
            raise Refused("a base that is no class")
        if is_made(base) or base in (*_BASES, *GROWING) or base.__module__ == "collections.abc":
            continue
        if (mixed and base in _MIXED) or issubclass(base, BaseException):
            continue
        if issubclass(base, tuple) and hasattr(base, "_fields"):
            continue
        raise Refused(f"a kind of {base.__name__}")


def _check_member(name: str, value: Any) -> None:
    """Raises Refused for a special name that means more to Python than to the program."""
    if not name.startswith("__") or not name.endswith("__") or name in _TOLD:
        return
    if isinstance(value, classmethod | staticmethod):
        value = value.__func__
    if name not in _DEFINED or not is_function(value):
        raise Refused(name)


def _fill(held: Any, space: dict[str, Any]) -> None:
    for name, value in space.items():
        held[name] = value
