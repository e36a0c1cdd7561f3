"""Handlers of exceptions: what each catches, and the name that it has meanwhile."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from typing import Any

from researchers.program_analysis.rehearsal.closed import Closed
from researchers.program_analysis.rehearsal.expressions import expression
from researchers.program_analysis.rehearsal.frames import Frame
from researchers.program_analysis.rehearsal.limits import Refused
from researchers.program_analysis.rehearsal.naming import forget, store
from researchers.program_analysis.rehearsal.scopes import Names


def matching(node: ast.ExceptHandler, names: Names) -> Callable[[Frame, BaseException], bool]:
    """Whether a handler catches an exception."""
    if node.type is None:
        return lambda frame, error: True
    kinds = expression(node.type, names)

    def catches(frame: Frame, error: BaseException) -> bool:
        wanted = kinds(frame)
        for kind in wanted if isinstance(wanted, tuple) else (wanted,):
            if type(kind) is Closed:
                raise Refused(kind.name)
            if not (isinstance(kind, type) and issubclass(kind, BaseException)):
                raise TypeError("catching classes that do not inherit from BaseException")
        return isinstance(error, wanted)

    return catches


class Named:
    """While it is entered, an exception has its name; afterwards the name is gone."""

    def __init__(self, bind: Callable[[], None], drop: Callable[[], None]) -> None:
        self._bind, self._drop = bind, drop

    def __enter__(self) -> None:
        self._bind()

    def __exit__(self, *ended: Any) -> None:
        self._drop()


class Nameless:
    """The same for a handler without a name."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, *ended: Any) -> None:
        return None


def naming(
    node: ast.ExceptHandler, names: Names
) -> Callable[[Frame, BaseException], Named | Nameless]:
    """What gives an exception the handler's name while it is handled."""
    if node.name is None:
        return lambda frame, error: Nameless()
    bind, drop = store(node.name, names), forget(node.name, names)
    return lambda frame, error: Named(partial(bind, frame, error), partial(drop, frame))
