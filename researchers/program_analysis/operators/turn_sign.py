"""Puts a minus sign before a value that goes on."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.sites import brief, draft, each, wrapped


def drafts(context: Context) -> Iterator[Draft]:
    """Arguments, returned values, bounds of slices and results of keys that may be numbers."""
    for module, function, node in each(context, ast.Call, ast.Return, ast.Lambda, ast.Tuple):
        for value in _values(node):
            number = context.kinds.of(function, value) in {"", "int", "float", "number"}
            if number and isinstance(value, ast.Name | ast.Attribute | ast.Subscript | ast.BinOp):
                yield draft(
                    module, value, f"Turn the sign of `{brief(module, value)}`",
                    "a sign may be missing", 0.4,
                    edits.swap(module, value, f"-{wrapped(module, value)}"),
                )  # fmt: skip


def _values(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        return list(node.args)
    if isinstance(node, ast.Return):
        return [node.value] if node.value is not None else []
    if isinstance(node, ast.Lambda):
        return node.body.elts if isinstance(node.body, ast.Tuple) else [node.body]
    return list(node.elts) if isinstance(node, ast.Tuple) else []


OPERATOR = Operator("turn_sign", "mutate unary operator", "bug_fix", 0.03, drafts, blind=True)
