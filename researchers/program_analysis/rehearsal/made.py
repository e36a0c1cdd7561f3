"""What the interpreter made, as told from what is Python's own."""

from __future__ import annotations

import enum
import types
from collections.abc import Callable
from typing import Any, TypeGuard

from researchers.program_analysis.rehearsal.limits import GROWING

MADE = "_rehearsed"
"""Marks functions and classes that the interpreter made."""
KEPT_BACK = "_rehearsed_alone"
"""A class's members that Python does not know of, by name."""
PARAMETERS = "_parameters"
"""The names of a function's parameters."""
HOME = "typing"
"""The module that made classes say they are of: dataclasses look up `ClassVar` there."""


def is_made(kind: type) -> bool:
    """Whether the interpreter made a class."""
    return MADE in kind.__dict__


def is_function(value: Any) -> TypeGuard[Callable[..., Any]]:
    """Whether the interpreter made a function."""
    return type(value) is types.FunctionType and MADE in value.__dict__


def is_own(value: Any) -> bool:
    """Whether calling it runs rehearsed code, which is counted, and not one of Python's own."""
    if type(value) is types.MethodType:
        return is_function(value.__func__)
    if isinstance(value, type):
        return is_made(value) and not issubclass(value, (*GROWING, enum.Enum, int, float, property))
    return is_function(value) or is_made(type(value))


def kept_back(kind: type, name: str) -> Any:
    """The member of a class that is kept from Python; None where there is none."""
    for base in kind.__mro__:
        if is_made(base) and name in base.__dict__.get(KEPT_BACK, ()):
            return base.__dict__[KEPT_BACK][name]
    return None
