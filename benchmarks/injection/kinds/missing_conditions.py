"""Conditions, guards and branches that somebody forgot."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.injection.kinds.kind import ODC, PAN, PYTER, kind
from benchmarks.injection.module import Module
from benchmarks.injection.place import (
    Edit,
    Place,
    at,
    is_elif,
    joined,
    removed,
    swap_text,
    unwrapped,
)

_JUMPS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_MOST = 5
"""Statements of the longest block that is taken out, as in G-SWFIT."""


def _ifs(module: Module) -> Iterator[ast.If]:
    return (node for node in module.code() if isinstance(node, ast.If))


def _without(module: Module, node: ast.If) -> Edit:
    parent = module.parents[node]
    blocks = (getattr(parent, name, None) for name in ("body", "orelse", "finalbody"))
    block = next(b for b in blocks if isinstance(b, list) and node in b)
    if not is_elif(module, node):
        return removed(module, [node], block)
    start = module.line_start(module.start(node))
    return Edit(start, min(module.line_end(module.end(node)) + 1, len(module.text)), "")


@kind("MIFS", ODC, "missing if construct plus statements")
def missing_if_and_statements(module: Module) -> Iterator[Place]:
    for node in _ifs(module):
        if not node.orelse and len(node.body) <= _MOST and not isinstance(node.body[-1], _JUMPS):
            yield at(node, _without(module, node))


@kind("MIA", ODC, "missing if construct around statements")
def missing_if_around(module: Module) -> Iterator[Place]:
    for node in _ifs(module):
        if not node.orelse and len(node.body) <= _MOST and not is_elif(module, node):
            yield at(node, unwrapped(module, node, node.body))


@kind("MIEB", ODC, "missing if construct plus statements plus else before statements")
def missing_if_before_else(module: Module) -> Iterator[Place]:
    for node in _ifs(module):
        if node.orelse and not is_elif(module, node) and len(node.body) <= _MOST:
            other = node.orelse[0]
            if isinstance(other, ast.If) and is_elif(module, other):
                start = module.start(other) + len("el")
                yield at(node, Edit(module.start(node), start, ""))
            else:
                yield at(node, unwrapped(module, node, node.orelse))


@kind("IF-APC", PAN, "missing precondition check with a jump")
def missing_precondition(module: Module) -> Iterator[Place]:
    for node in _ifs(module):
        if not node.orelse and len(node.body) <= 2 and isinstance(node.body[-1], _JUMPS):
            yield at(node, _without(module, node))


@kind("IF-ABR", PAN, "missing else branch")
def missing_else(module: Module) -> Iterator[Place]:
    for node in _ifs(module):
        if node.orelse:
            yield at(node.orelse[0], Edit(module.end(node.body[-1]), module.end(node), ""))


def _fewer_clauses(module: Module, operator: type[ast.boolop], word: str) -> Iterator[Place]:
    for node in module.code():
        if isinstance(node, ast.BoolOp) and isinstance(node.op, operator):
            kept = ([v for v in node.values if v is not out] for out in node.values)
            yield at(node, *(swap_text(module, node, joined(module, k, word)) for k in kept))


@kind("MLAC", ODC, "missing AND clause in expression used as branch condition")
def missing_and_clause(module: Module) -> Iterator[Place]:
    return _fewer_clauses(module, ast.And, "and")


@kind("MLOC", ODC, "missing OR clause in expression used as branch condition")
def missing_or_clause(module: Module) -> Iterator[Place]:
    return _fewer_clauses(module, ast.Or, "or")


@kind("none-unguarded", PYTER, "a value that may be None is used unguarded")
def none_unguarded(module: Module) -> Iterator[Place]:
    for node in module.code():
        match node:
            case ast.If(test=test, orelse=[]) if _about_none(test):
                yield at(node, _without(module, node))
            case ast.IfExp(test=test) if _about_none(test):
                guarded = node.body if _negative(test) else node.orelse
                yield at(node, swap_text(module, node, module.source(guarded)))
            case ast.BoolOp(op=ast.And(), values=values) if any(map(_about_none, values)):
                kept = [value for value in values if not _about_none(value)]
                if kept:
                    yield at(node, swap_text(module, node, joined(module, kept, "and")))


def _about_none(test: ast.expr) -> bool:
    match test:
        case ast.Compare(ops=[ast.Is() | ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return True
    return False


def _negative(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.IsNot)
