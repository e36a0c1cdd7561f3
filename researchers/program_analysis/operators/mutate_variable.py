"""Exchanges a variable for another of the same kind in scope."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module

LIMIT = 3


def drafts(context: Context) -> Iterator[Draft]:
    """Names that are read, each with the nearest same-kind names."""
    for module, node in context.each(ast.Name):
        assert isinstance(node, ast.Name)
        function = module.function_of(node)
        parent = module.parents.get(node)
        if not isinstance(node.ctx, ast.Load) or function is None:
            continue
        if (isinstance(parent, ast.Call) and parent.func is node) or _in_signature(module, node):
            continue
        kind = context.kinds.of(function, node)
        others = [
            v for v in context.values(module, node)
            if v.code.isidentifier() and v.code != node.id and v.kind == kind
        ]  # fmt: skip
        known = any(v.code == node.id for v in context.values(module, node))
        for value in others[:LIMIT] if known else []:
            yield Draft(
                f"Use `{value.code}` for `{node.id}` in `{_line(module, node)}` in "
                f"{where(module, node)}",
                "another variable of the same kind is in scope", location(module, node),
                changed(module, edits.swap(module, node, value.code)), 0.25 if kind else 0.15,
            )  # fmt: skip


def _in_signature(module: Module, node: ast.AST) -> bool:
    return isinstance(module.statement(node), ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def _line(module: Module, node: ast.Name) -> str:
    return shorten(module.lines[node.lineno - 1], 45)


OPERATOR = Operator("mutate_variable", "mutate variable", "bug_fix", 0.12, drafts, blind=True)
