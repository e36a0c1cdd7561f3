"""Collections turned into text where their elements were meant."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.kinds import is_sequence
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """`str(x)` and `f"{x}"` of a list or tuple."""
    for module, node in context.each(ast.Call, ast.FormattedValue):
        inner: ast.expr | None = None
        if isinstance(node, ast.FormattedValue):
            inner = node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "str" and node.args:
            inner = node.args[0]
        if inner is None:
            continue
        kind = context.kinds.of(module.function_of(node), inner)
        if is_sequence(kind) or kind == "set":
            text = (
                f"{where(module, node)} writes the list `{module.code(inner)}` as text with "
                "brackets"
            )
            yield context.finding("stringified", module, inner, 0.6, text)
