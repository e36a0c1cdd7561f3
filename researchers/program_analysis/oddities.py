"""What is odd about an edit that passes all tests: signs that it fits them and means nothing.

Read from the functions before and after it: a word or number that stands in the tests and nowhere
in the module, a parameter whose value no longer matters, and code that nothing reaches any more.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from researchers.program_analysis.rehearsal.world import Trees

FITTED = 0.2
"""Worth of an edit that brings a literal out of the tests."""
IGNORES = 0.15
"""Worth of one that makes a parameter idle."""
CUTS_OFF = 0.3
"""Worth of one that leaves statements behind a way out."""
_COMMON: frozenset[Any] = frozenset({0, 1, -1, 2, "", " ", None})
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Oddities:
    """Factors on edits of one version of the target by what the edits look like."""

    def __init__(self, trees: Trees, tests: frozenset[str]) -> None:
        self._trees = trees
        self._told = {value for path in tests for value in _literals(trees[path])}
        self._before: dict[str, _Looks] = {}

    def factor(self, revised: Trees) -> float:
        """How much more likely an edit is for what it looks like; 1 where nothing is odd."""
        worth = 1.0
        for path, new in revised.items():
            if new is self._trees.get(path):
                continue
            before, after = self._known(path), _looks(new)
            fresh = after.literals - before.literals - _COMMON
            worth *= FITTED if fresh & self._told else 1.0
            worth *= IGNORES if after.idle - before.idle else 1.0
            worth *= CUTS_OFF if after.cut_off > before.cut_off else 1.0
        return worth

    def _known(self, path: str) -> _Looks:
        if path not in self._before:
            self._before[path] = _looks(self._trees.get(path, ()))
        return self._before[path]


@dataclass(frozen=True)
class _Looks:
    """What a module's text shows by itself."""

    literals: frozenset[Any]
    idle: frozenset[tuple[str, str]]
    cut_off: int


def _looks(body: Sequence[ast.stmt]) -> _Looks:
    return _Looks(frozenset(_literals(body)), _idle(body), _cut_off(body))


def _literals(body: Sequence[ast.stmt]) -> Iterator[Any]:
    for node in _nodes(body):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float):
            yield node.value


def _nodes(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    for statement in body:
        yield from ast.walk(statement)


def _idle(body: Sequence[ast.stmt]) -> frozenset[tuple[str, str]]:
    """Functions with those of their parameters whose values are never read."""
    return frozenset(
        (node.name, name)
        for node in _nodes(body)
        if isinstance(node, _FUNCTIONS)
        for name in _parameters(node)
        if not _matters(node.body, name)
    )


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    spec = node.args
    yield from (a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs))


def _matters(body: Sequence[ast.stmt], name: str) -> bool:
    """Whether the value that a name has at the start of a block may be read in it."""
    for statement in body:
        if _reads(statement, name):
            return True
        if isinstance(statement, ast.Assign) and any(_is(t, name) for t in statement.targets):
            return False
    return False


def _is(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name


def _reads(node: ast.AST, name: str) -> bool:
    """Whether a name is read in code; `x += 1` reads it too."""
    return any(
        (isinstance(inner, ast.Name) and inner.id == name and isinstance(inner.ctx, ast.Load))
        or (isinstance(inner, ast.AugAssign) and _is(inner.target, name))
        for inner in ast.walk(node)
    )


def _cut_off(body: Sequence[ast.stmt]) -> int:
    """Statements that stand right behind a way out."""
    count = 0
    for node in [ast.Module(list(body), []), *_nodes(body)]:
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                count += sum(isinstance(before, _ENDS) for before in block[:-1])
    return count
