"""What holds attributes: where they are looked up, and how Python itself would set them."""

from __future__ import annotations

import types
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from researchers.program_analysis.rehearsal.limits import CONTROL, Refused
from researchers.program_analysis.rehearsal.made import is_function, is_made


def plainly(holder: Any, change: Callable[..., None]) -> Callable[..., None]:
    """`__setattr__` or `__delattr__` of an object, of its `super()`, or of a class."""
    if isinstance(holder, super):
        parent: Any = holder
        return partial(change, parent.__self__)
    return change if isinstance(holder, type) else partial(change, holder)


def plain_name(name: Any) -> str:
    """A name as Python reads it, whatever its class makes of it."""
    if not isinstance(name, str):
        raise TypeError("attribute name must be string")
    return str.__str__(name)


def set_plainly(holder: Any, name: str, value: Any) -> None:
    """`object.__setattr__`, by which frozen objects set their fields."""
    name = plain_name(name)
    if name.startswith("__") or not is_made(type(holder)):
        raise Refused("object.__setattr__")
    if name == "default_factory" and isinstance(holder, defaultdict):
        raise Refused("object.__setattr__")
    object.__setattr__(holder, name, value)


def delete_plainly(holder: Any, name: str) -> None:
    """`object.__delattr__`."""
    name = plain_name(name)
    if name.startswith("__") or not is_made(type(holder)):
        raise Refused("object.__delattr__")
    object.__delattr__(holder, name)


def getting(function: Any, holder: Any, kind: Any = None) -> Any:
    """A function bound to an object."""
    return function if holder is None else types.MethodType(function, holder)


def shown(error: BaseException | None) -> BaseException | None:
    """An exception that led to another, if it is the program's."""
    return None if isinstance(error, CONTROL) else error


def is_method(holder: Any) -> bool:
    """Whether it is a rehearsed function that is bound to an object."""
    return type(holder) is types.MethodType and is_function(holder.__func__)


def members(kind: type) -> Iterator[tuple[str, Any]]:
    """What the program put into a class."""
    for name, value in kind.__dict__.items():
        if is_function(value) or not name.startswith("_"):
            yield name, value


def keeps_its_own(holder: Any) -> bool:
    """Whether an object's attributes stand in a table that is of no use to Python itself."""
    kind = type(holder)
    return is_made(kind) and not isinstance(holder, type) and hasattr(holder, "__dict__")


def defines(holder: Any, name: str) -> bool:
    """Whether the program itself gives an object's class this member."""
    return any(name in base.__dict__ for base in line(holder) if is_made(base))


def line(holder: Any) -> tuple[type, ...]:
    """The classes that an attribute is looked up in."""
    if isinstance(holder, super):
        parent: Any = holder
        line: tuple[type, ...] = parent.__self_class__.__mro__
        return line[line.index(parent.__thisclass__) + 1 :]
    return (holder if isinstance(holder, type) else type(holder)).__mro__


def owner(line: Sequence[type], name: str) -> type | None:
    """The first of some classes that has this member itself; classes of classes do not count."""
    return next((kind for kind in line if name in kind.__dict__), None)


def is_of_made(holder: Any) -> bool:
    """Whether a `super()` is one of a class of the program."""
    kind: type = holder.__thisclass__
    return is_made(kind)
