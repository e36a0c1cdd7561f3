"""Names as closures: where a block keeps their values, and what stands where nothing is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from researchers.program_analysis.rehearsal.frames import Code, Frame
from researchers.program_analysis.rehearsal.limits import Refused
from researchers.program_analysis.rehearsal.scopes import Names


def refusal(what: str) -> Code:
    """Code that raises Refused."""

    def refuse(frame: Frame) -> Any:
        raise Refused(what)

    return refuse


def store(name: str, names: Names) -> Callable[[Frame, Any], None]:
    """Gives a name a value, where its block keeps it."""
    depth = names.depth(name)
    if names.kind == "class" and depth == 0:
        name = names.mangled(name)

    def set_global(frame: Frame, value: Any) -> None:
        frame.globals[name] = value

    def set_local(frame: Frame, value: Any) -> None:
        frame.vars[name] = value

    def set_outer(frame: Frame, value: Any) -> None:
        outwards(frame, depth or 0).vars[name] = value

    return set_global if depth is None else set_local if depth == 0 else set_outer


def forget(name: str, names: Names) -> Callable[[Frame], None]:
    """Takes a name's value away, where its block keeps it."""
    depth = names.depth(name)

    def drop(frame: Frame) -> None:
        held = frame.globals if depth is None else outwards(frame, depth).vars
        held.pop(name, None)

    return drop


def outwards(frame: Frame, depth: int) -> Frame:
    """The frame so many functions further out."""
    for _ in range(depth):
        assert frame.outer is not None
        frame = frame.outer
    return frame
