"""Masks over arrays that wipe out entries: `np.where(found > 0, scores, 0)`, `scores * (a > b)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.names import called
from tasks.records.change import Finding

_BLANKS = {"inf", "nan", "NINF", "NaN"}


def find(context: Context) -> Iterator[Finding]:
    """One finding a mask; the entries that it lets through are in the detail."""
    for module, node in context.each(ast.Call):
        assert isinstance(node, ast.Call)
        if called(node) != "where" or len(node.args) != 3 or node.keywords:
            continue
        condition, kept, other = node.args
        if _is_blank(kept):
            kept, other = other, kept
        if not isinstance(condition, ast.Compare | ast.BoolOp | ast.BinOp) or not _is_blank(other):
            continue
        if _decides_on(condition, kept):
            continue
        text = (
            f"`{shorten(module.code(node))}` in {where(module, node)} wipes out entries by "
            f"`{shorten(module.code(condition), 40)}`, which is about something else"
        )
        yield context.finding("mask", module, node, 0.55, text, {"value": module.code(kept)})


def _is_blank(node: ast.expr) -> bool:
    """Zero, infinity or not-a-number, under either sign."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    if isinstance(node, ast.Constant):
        return node.value in (0, None, False)
    return isinstance(node, ast.Attribute) and node.attr in _BLANKS


def _decides_on(condition: ast.expr, kept: ast.expr) -> bool:
    """Whether the entries are judged by their own value, as a threshold on them does."""
    wanted = ast.dump(kept)
    return any(ast.dump(inner) == wanted for inner in ast.walk(condition))
