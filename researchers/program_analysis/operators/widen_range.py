"""Extends ranges and slices by the end that they leave out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module


def drafts(context: Context) -> Iterator[Draft]:
    """Each shortened end is lengthened by one, one draft an end."""
    for finding, module, node in context.found("short_range", "short_slice"):
        for code in _wider(module, node):
            yield Draft(
                f"Take in the missing end: `{code}` for `{module.code(node)}` in "
                f"{where(module, node)}",
                finding.evidence, location(module, node),
                changed(module, edits.swap(module, node, code)),
                finding.strength, findings=(finding.id,),
            )  # fmt: skip


def _wider(module: Module, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        arguments = [module.code(a) for a in node.args]
        last = 1 if len(node.args) > 1 else 0
        bound = node.args[last]
        if isinstance(bound, ast.BinOp) and isinstance(bound.op, ast.Sub):
            wider = [*arguments]
            one = isinstance(bound.right, ast.Constant) and bound.right.value == 1
            wider[last] = module.code(bound.left) if one else f"{arguments[last]} + 1"
            yield f"range({', '.join(wider)})"
        if len(node.args) > 1 and arguments[0] == "1":
            yield f"range({', '.join(['0', *arguments[1:]])})"
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        base, cut = module.code(node.value), node.slice
        lower = module.code(cut.lower) if cut.lower else ""
        upper = module.code(cut.upper) if cut.upper else ""
        if lower == "1":
            yield f"{base}[:{upper}]" if upper else base
        if upper == "-1":
            yield f"{base}[{lower}:]" if lower else base
        elif isinstance(cut.upper, ast.BinOp) and isinstance(cut.upper.op, ast.Sub):
            yield f"{base}[{lower}:{module.code(cut.upper.left)}]"


OPERATOR = Operator("widen_range", "mutate boundary", "bug_fix", 0.3, drafts)
