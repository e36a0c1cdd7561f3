"""What classes get from those of `collections.abc`: rehearsed from its source, so it is metered."""

from __future__ import annotations

import ast
import collections.abc
from functools import cache
from typing import TYPE_CHECKING, Any

from researchers.program_analysis.rehearsal import sources
from researchers.program_analysis.rehearsal.closed import bound_by
from researchers.program_analysis.rehearsal.frames import Code, Frame
from researchers.program_analysis.rehearsal.holders import owner
from researchers.program_analysis.rehearsal.made import is_made
from researchers.program_analysis.rehearsal.scopes import Names
from researchers.program_analysis.rehearsal.statements import statement

if TYPE_CHECKING:
    from researchers.program_analysis.rehearsal.world import World

_SOURCE = f"{sources.FOLDER}/_collections_abc.py"
_GLOBALS = {name: getattr(collections.abc, name) for name in collections.abc.__all__}
_TOLD = {"__subclasshook__", "__class_getitem__", "__hash__"}


def mixed(made: type, world: World) -> None:
    """Gives a class what it would have of `collections.abc`."""
    line = made.__mro__
    given = {base for kind in line[1:] if is_made(kind) for base in kind.__mro__}
    parts = [base for base in line if base.__module__ == "collections.abc" and base not in given]
    if not parts:
        return
    space = {**_GLOBALS, "__name__": "collections.abc"}
    for base in parts:
        held: dict[str, Any] = {}
        frame = Frame(world, held, None, space, [base])
        for code in _functions(base.__name__):
            code(frame)
        for name, value in held.items():
            if owner(line, name) is base:
                setattr(made, name, value)


@cache
def _functions(title: str) -> tuple[Code, ...]:
    """The definitions in a class of the module."""
    names = Names("class", Names("module"), title=title)
    body = next(
        (node.body for node in sources.statements(_SOURCE)
         if isinstance(node, ast.ClassDef) and node.name == title), []
    )  # fmt: skip
    kept = [node for node in body if _is_plain(node)]
    names.local |= {name for node in kept for name in bound_by(node)}
    return tuple(statement(node, names) for node in kept)


def _is_plain(node: ast.stmt) -> bool:
    """Whether a statement defines a method that does something, or a private constant."""
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) == "__marker"
    return (
        isinstance(node, ast.FunctionDef)
        and node.name not in _TOLD
        and all(isinstance(d, ast.Name) and d.id == "classmethod" for d in node.decorator_list)
    )
