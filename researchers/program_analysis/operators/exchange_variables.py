"""Exchanges two variables within a statement: sides, unpacking, symmetric names."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import mirrored
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each, is_elif, plain

_SIMPLE = (ast.Assign, ast.AugAssign, ast.Return, ast.Expr)


def drafts(context: Context) -> Iterator[Draft]:
    """Sides of operations, elements of pairs, and statements with mirrored names."""
    for module, _, node in each(context, ast.BinOp, ast.Compare, ast.Tuple, *_SIMPLE, ast.If):
        for title, code, strength in _turned(module, node):
            yield draft(
                module, node, title, "two names may be in each other's place", strength,
                edits.swap(module, node, code),
            )  # fmt: skip
        if isinstance(node, _SIMPLE) or (isinstance(node, ast.If) and not is_elif(module, node)):
            yield from _mirrors(module, node)


def _mirrors(module: Module, node: ast.stmt) -> Iterator[Draft]:
    whole = isinstance(node, ast.If)
    for code in mirrored(plain(module, node)):
        yield draft(
            module, node, f"Mirror the names of `{brief(module, node)}`",
            "the other side of a pair may be meant", 0.3 if whole else 0.6,
            edits.swap(module, node, code),
        )  # fmt: skip


def _turned(module: Module, node: ast.AST) -> Iterator[tuple[str, str, float]]:
    if isinstance(node, ast.BinOp | ast.Compare):
        right = node.right if isinstance(node, ast.BinOp) else node.comparators[0]
        kind = node.op if isinstance(node, ast.BinOp) else node.ops[0]
        matters = isinstance(kind, ast.Sub | ast.Div | ast.FloorDiv | ast.Mod | ast.Pow | ast.In)
        texts = isinstance(kind, ast.Add)
        if matters or texts:
            code = _exchange(module, node, node.left, right)
            yield f"Exchange the sides of `{brief(module, node)}`", code, 0.15 if texts else 0.5
    elif isinstance(node, ast.Tuple):
        for one, other in zip(node.elts, node.elts[1:], strict=False):
            code = _exchange(module, node, one, other)
            what = f"`{brief(module, one)}` and `{brief(module, other)}`"
            yield f"Exchange {what} in `{brief(module, node)}`", code, 0.4


def _exchange(module: Module, node: ast.AST, one: ast.expr, other: ast.expr) -> str:
    """The node's text with two of its parts in each other's place."""
    start, end = module.span(node)
    (a, b), (c, d) = module.span(one), module.span(other)
    text = module.text
    return text[start:a] + text[c:d] + text[b:c] + text[a:b] + text[d:end]


OPERATOR = Operator("exchange_variables", "swap operands", "bug_fix", 0.1, drafts, blind=True)
