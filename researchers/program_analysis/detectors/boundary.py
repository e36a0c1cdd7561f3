"""Ranges and slices that leave out their first or last element."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.names import called
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """`range(len(x) - 1)`, `range(1, len(x))`, `x[1:]`, `x[:-1]`, `x[:n - 1]`."""
    for module, node in context.each(ast.Call, ast.Subscript):
        if isinstance(node, ast.Call) and called(node) == "range" and _range_is_short(node):
            text = f"`{module.code(node)}` in {where(module, node)} leaves out an end"
            yield context.finding("short_range", module, node, 0.4, text)
        elif isinstance(node, ast.Subscript) and _slice_is_short(node):
            text = f"`{module.code(node)}` in {where(module, node)} leaves out an end"
            yield context.finding("short_slice", module, node, 0.35, text)


def _range_is_short(node: ast.Call) -> bool:
    first = node.args[0] if node.args else None
    last = node.args[1] if len(node.args) > 1 else first
    reduced = isinstance(last, ast.BinOp) and isinstance(last.op, ast.Sub)
    return reduced or (len(node.args) > 1 and _is_one(first))


def _slice_is_short(node: ast.Subscript) -> bool:
    cut = node.slice
    if not isinstance(cut, ast.Slice):
        return False
    negative = isinstance(cut.upper, ast.UnaryOp) and _is_one(cut.upper.operand)
    reduced = isinstance(cut.upper, ast.BinOp) and isinstance(cut.upper.op, ast.Sub)
    return negative or reduced or _is_one(cut.lower)


def _is_one(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value == 1 and node.value is not True
