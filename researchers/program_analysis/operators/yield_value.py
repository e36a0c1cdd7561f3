"""Yields what a statement computes, all of it or one by one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.sites import each, instead


def drafts(context: Context) -> Iterator[Draft]:
    """Statements of generators, and `yield` for `yield from` and `return`."""
    for module, function, node in each(context, ast.Expr, ast.Return):
        assert isinstance(node, ast.Expr | ast.Return)
        inside = list(ast.walk(function.node))
        if node.value is None or not any(isinstance(n, ast.Yield | ast.YieldFrom) for n in inside):
            continue
        inner = node.value
        if isinstance(inner, ast.Yield | ast.YieldFrom):
            other = "yield" if isinstance(inner, ast.YieldFrom) else "yield from"
            forms = [f"{other} {module.code(inner.value)}"] if inner.value is not None else []
        else:
            forms = [f"yield from {module.code(inner)}", f"yield {module.code(inner)}"]
        for rank, code in enumerate(forms):
            why = "a generator may lose what it should pass on"
            yield instead(module, node, "Write", code, why, 0.8 * 0.6**rank)


OPERATOR = Operator("yield_value", "missing yield", "bug_fix", 0.1, drafts, blind=True)
