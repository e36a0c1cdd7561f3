"""Groups an operation otherwise: the brackets of `a + b * c` and `(a + b) * c`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import each, instead


def drafts(context: Context) -> Iterator[Draft]:
    """Operations nested to the left or right, and a `not` that takes in too much."""
    for module, _, node in each(context, ast.BinOp, ast.UnaryOp):
        forms: list[str] = []
        if isinstance(node, ast.BinOp) and isinstance(node.right, ast.BinOp):
            inner = node.right
            first, middle = module.code(node.left), module.code(inner.left)
            one, two = _sign(module, node), _sign(module, inner)
            forms.append(f"({first} {one} {middle}) {two} {module.code(inner.right)}")
        if isinstance(node, ast.BinOp) and isinstance(node.left, ast.BinOp):
            inner = node.left
            middle, last = module.code(inner.right), module.code(node.right)
            one, two = _sign(module, inner), _sign(module, node)
            forms.append(f"{module.code(inner.left)} {one} ({middle} {two} {last})")
        if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.BoolOp):
            held = node.operand
            word = " and " if isinstance(held.op, ast.And) else " or "
            parts = [module.code(v) for v in held.values]
            forms.append(f"not {parts[0]}{word}{word.join(parts[1:])}")
        for code in forms:
            yield instead(
                module, node, "Group as", code, "brackets may be missing or misplaced", 0.4
            )


def _sign(module: Module, node: ast.BinOp) -> str:
    start, end = module.span(node.left)[1], module.span(node.right)[0]
    return module.text[start:end].strip(" ()\n")


OPERATOR = Operator("regroup", "mutate grouping", "bug_fix", 0.04, drafts, blind=True)
