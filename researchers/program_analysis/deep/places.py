"""Where deep edits are made: within the most suspicious functions, up to a number of nodes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.localize import NEVER_RAN, Suspicion
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.sites import blocks, body_nodes, focused

DEEP = 500
"""Nodes that are looked at in all; at least one function."""


def suspects(context: Context) -> Iterator[tuple[Module, Function]]:
    """Functions that failing tests ran through, most suspicious first."""
    suspicion, nodes = Suspicion(context.program), 0
    for module, function in focused(context):
        if nodes and suspicion.of(function.path, function.name) <= NEVER_RAN:
            return
        nodes += len(body_nodes(module, function))
        if nodes > DEEP and nodes > len(body_nodes(module, function)):
            return
        yield module, function


def values(context: Context) -> Iterator[tuple[Module, Function, ast.expr]]:
    """Expressions whose value may become another one."""
    for module, function in suspects(context):
        for node in body_nodes(module, function):
            if isinstance(node, ast.expr) and _is_value(module, node):
                yield module, function, node


def _is_value(module: Module, node: ast.expr) -> bool:
    parent = module.parents.get(node)
    if isinstance(node, ast.Starred | ast.Slice | ast.FormattedValue | ast.JoinedStr):
        return False
    if isinstance(parent, ast.JoinedStr | ast.FormattedValue | ast.Expr):
        return False
    if isinstance(parent, ast.Call) and parent.func is node:
        return False
    return not isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)


def openings(context: Context) -> Iterator[tuple[Module, Function, ast.stmt, bool]]:
    """Places between statements: before each, and behind the last of each block (True)."""
    for module, function in suspects(context):
        for node in (function.node, *body_nodes(module, function)):
            for block in blocks(node) if isinstance(node, ast.stmt) else ():
                inside = [s for s in block if module.function_of(s) is function]
                yield from ((module, function, s, False) for s in inside)
                if inside and not isinstance(inside[-1], _LEAVING):
                    yield module, function, inside[-1], True


_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
