"""Returns at the end of a function, or what a statement only computes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import locals_at
from researchers.program_analysis.names import called
from researchers.program_analysis.sites import brief, draft, each, focused

LIMIT = 5


def drafts(context: Context) -> Iterator[Draft]:
    """Functions that may end without a value though they return one elsewhere, or never do."""
    for module, function in focused(context):
        last = function.node.body[-1]
        generator = any(isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(function.node))
        if (
            generator
            or function.node.name == "__init__"
            or isinstance(last, ast.Return | ast.Raise)
        ):
            continue
        returned = [n for n in ast.walk(function.node) if isinstance(n, ast.Return) and n.value]
        strength = 0.8 if returned else 0.5
        names = [n for n in locals_at(module, last) if n not in function.parameters]
        values = [*names, *function.parameters, "None", "False", "True", "[]"]
        for rank, value in enumerate(
            values[:LIMIT] if not returned else [*names[:3], *values[-3:]]
        ):
            yield draft(
                module, last, f"Return `{value}` at the end", "a return may be missing",
                strength * 0.8**rank, edits.after(module, last, f"return {value}"),
            )  # fmt: skip
    for module, function, node in each(context, ast.Expr):
        if isinstance(node, ast.Expr) and isinstance(
            node.value, ast.Call | ast.Compare | ast.BinOp
        ):
            own = called(node.value) == function.node.name
            yield draft(
                module, node, f"Return `{brief(module, node)}`", "a result may be lost",
                0.9 if own else 0.25,
                edits.swap(module, node, f"return {module.code(node.value)}"),
            )  # fmt: skip


OPERATOR = Operator("missing_return", "missing return", "bug_fix", 0.08, drafts, blind=True)
