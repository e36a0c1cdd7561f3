"""`x or default` where nothing, zero or an empty text would be a valid x."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.kinds import NUMBERS
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """`or` outside of conditions whose right side is a value."""
    for module, node in context.each(ast.BoolOp):
        assert isinstance(node, ast.BoolOp)
        if (
            not isinstance(node.op, ast.Or)
            or len(node.values) != 2
            or _is_condition(module.parents.get(node))
        ):
            continue
        kind = context.kinds.of(module.function_of(node), node.values[1])
        if kind in {"bool", ""}:
            continue
        strength = 0.5 if kind in NUMBERS else 0.3
        text = f"`{module.code(node)}` in {where(module, node)} replaces valid falsy values"
        yield context.finding("falsy_default", module, node, strength, text)


def _is_condition(parent: ast.AST | None) -> bool:
    return isinstance(
        parent, ast.If | ast.While | ast.comprehension | ast.BoolOp | ast.UnaryOp | ast.Assert
    )
