"""Where an edit stands in a Python file: the statements that it changed, and their functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_IMPORTS = (ast.Import, ast.ImportFrom)
_S = TypeVar("_S", bound=ast.stmt)


@dataclass(frozen=True)
class Touched:
    """What changed between two texts of one file.

    `statements` are the lines of the new text where changed statements of functions begin.
    `outside` says that code outside of functions changed, imports and comments left out.
    `functions` are the lines, in the old text, of the functions that were changed.
    """

    statements: frozenset[int]
    outside: bool
    functions: tuple[range, ...]


def touched(old: str, new: str) -> Touched:
    """Compares two texts line by line.

    A changed signature stands for the first statement of its function, and so does a statement that
    was removed without another in its place. Raises SyntaxError or ValueError where a text does not
    parse.
    """
    before, after = _Source(old), _Source(new)
    statements: set[int] = set()
    functions: list[range] = []
    outside = False
    for first, last, start, end in _changes(before.lines, after.lines):
        added = [line for line in range(start + 1, end + 1) if after.says(line)]
        removed = [line for line in range(first + 1, last + 1) if before.says(line)]
        if not added and not removed:
            continue
        for line in added:
            function = after.function(line)
            statements |= {after.begins(line, function)} if function else set()
            outside = outside or function is None
        if removed and not added:
            function = after.function(start)
            statements |= {_entry(function)} if function else set()
            outside = outside or function is None
        around = (before.function(line) for line in removed or [first])
        functions += [range(f.lineno, (f.end_lineno or f.lineno) + 1) for f in around if f]
    return Touched(frozenset(statements), outside, tuple(dict.fromkeys(functions)))


class _Source:
    """A text with its syntax tree; lines count from 1."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        nodes = list(ast.walk(ast.parse(text)))
        self._statements = [node for node in nodes if isinstance(node, ast.stmt)]
        self._functions = [node for node in nodes if isinstance(node, _Function)]

    def says(self, line: int) -> bool:
        """Whether a line holds code that does something: no comment, no import."""
        text = self.lines[line - 1].strip()
        statement = _innermost(self._statements, line)
        return bool(text) and text[0] != "#" and not isinstance(statement, _IMPORTS)

    def function(self, line: int) -> _Function | None:
        """The innermost function around a line."""
        return _innermost(self._functions, line)

    def begins(self, line: int, function: _Function) -> int:
        """Where the innermost statement around a line begins; of a signature, the body."""
        statement = _innermost(self._statements, line)
        if statement is None or statement is function:
            return _entry(function)
        return statement.lineno


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    for kind, *bounds in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield bounds[0], bounds[1], bounds[2], bounds[3]


def _innermost(nodes: list[_S], line: int) -> _S | None:
    around = (node for node in nodes if node.lineno <= line <= (node.end_lineno or node.lineno))
    return max(around, key=lambda node: node.lineno, default=None)


def _entry(function: _Function) -> int:
    first, *others = function.body
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return others[0].lineno if documented and others else first.lineno
