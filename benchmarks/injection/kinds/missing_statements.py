"""Statements that somebody forgot, put twice, or put in the wrong order."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from benchmarks.injection.kinds.kind import ODC, kind
from benchmarks.injection.module import Module
from benchmarks.injection.place import Edit, Place, at, removed

_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr)
_LONGEST = 4
"""Statements of the longest part of an algorithm that is taken out."""


def _assignments(module: Module) -> Iterator[tuple[ast.stmt, str, ast.expr, Edit]]:
    """Assignments to one name or attribute: statement, target's text, value and removal."""
    for _, block in module.blocks():
        for statement in block:
            match statement:
                case (
                    ast.Assign(targets=[ast.Name() | ast.Attribute() as target], value=value)
                    | ast.AugAssign(target=ast.Name() | ast.Attribute() as target, value=value)
                ):
                    cut = removed(module, [statement], block)
                    yield statement, module.source(target), value, cut


def _first(module: Module, statement: ast.stmt, target: str) -> bool:
    """Whether this is what initialises the target: an attribute in `__init__`, or a new name."""
    if "." in target:
        function = module.function_of(statement)
        return function is not None and function.name == "__init__"
    return target not in module.names_before(statement)


def _plain(value: ast.expr) -> bool:
    if isinstance(value, ast.UnaryOp):
        return _plain(value.operand)
    empty = isinstance(value, ast.List | ast.Tuple | ast.Set) and not value.elts
    return isinstance(value, ast.Constant) or empty or isinstance(value, ast.Dict)


@kind("MVIV", ODC, "missing variable initialisation using a value")
def missing_initialisation(module: Module) -> Iterator[Place]:
    for statement, target, value, cut in _assignments(module):
        if _plain(value) and _first(module, statement, target):
            yield at(statement, cut)


@kind("MVAV", ODC, "missing variable assignment using a value")
def missing_assignment_of_value(module: Module) -> Iterator[Place]:
    for statement, target, value, cut in _assignments(module):
        if _plain(value) and not _first(module, statement, target):
            yield at(statement, cut)


@kind("MVAE", ODC, "missing variable assignment using an expression")
def missing_assignment_of_expression(module: Module) -> Iterator[Place]:
    for statement, target, value, cut in _assignments(module):
        if not _plain(value) and not _first(module, statement, target):
            yield at(statement, cut)


@kind("MFC", ODC, "missing function call")
def missing_call(module: Module) -> Iterator[Place]:
    for _, block in module.blocks():
        for statement in block:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
                yield at(statement, removed(module, [statement], block))


@kind("MLPC", ODC, "missing small and localised part of the algorithm")
def missing_part(module: Module) -> Iterator[Place]:
    for _, block in module.blocks():
        for i in range(len(block)):
            for length in range(2, _LONGEST + 1):
                part = block[i : i + length]
                whole = len(part) == length < len(block)
                if whole and all(isinstance(statement, _SIMPLE) for statement in part):
                    yield at(part[0], removed(module, part, block))


@kind("EVAV", ODC, "extraneous variable assignment using another variable")
def extraneous_assignment(module: Module) -> Iterator[Place]:
    for statement, target, _, _ in _assignments(module):
        end, indent = module.end(statement), module.indent(statement)
        others = [name for name in module.names_before(statement) if name != target]
        if not indent.strip() and not module.text[end : module.line_end(end)].strip():
            lines = (f"\n{indent}{target} = {name}" for name in others)
            yield at(statement, *(Edit(end, end, line) for line in lines))


@kind("WALR", ODC, "wrong algorithm: code was misplaced")
def misplaced(module: Module) -> Iterator[Place]:
    for owner, block in module.blocks():
        for first, second in itertools.pairwise(block):
            if isinstance(first, _SIMPLE) and isinstance(second, _SIMPLE):
                yield at(first, _exchanged(module, first, second))
            if isinstance(first, ast.For | ast.While) and isinstance(second, ast.Return):
                yield at(second, _drawn_in(module, first, second))
        if isinstance(owner, ast.For | ast.While) and block is not owner.orelse and len(block) > 1:
            yield at(block[-1], _moved_out(module, owner, block))


def _exchanged(module: Module, first: ast.stmt, second: ast.stmt) -> Edit:
    start, end = module.start(first), module.end(second)
    between = module.text[module.end(first) : module.start(second)]
    return Edit(start, end, module.source(second) + between + module.source(first))


def _drawn_in(module: Module, loop: ast.For | ast.While, last: ast.Return) -> Edit | None:
    inner, outer = module.indent(loop.body[-1]), module.indent(loop)
    if loop.orelse or inner.strip() or "\n" in module.source(last):
        return None
    start = module.start(last)
    return Edit(start, start, inner.removeprefix(outer))


def _moved_out(
    module: Module, loop: ast.For | ast.While, block: list[ast.stmt] | object
) -> Edit | None:
    assert isinstance(block, list)
    last, start = block[-1], module.start(block[-1])
    if loop.orelse or module.indent(last).strip() or "\n" in module.source(last):
        return None
    return Edit(module.line_start(start), start, module.indent(loop))
