"""Adds a term to a value: one, a size, or a variable in scope."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import locals_at
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each, instead, wrapped

_NUMBERS = {"", "int", "float", "number"}
LIMIT = 4


def drafts(context: Context) -> Iterator[Draft]:
    """Numbers that are assigned, returned, passed or compared, with another term."""
    for module, function, node in each(
        context, ast.Name, ast.Subscript, ast.Attribute, ast.Call, ast.Constant, ast.BinOp
    ):
        assert isinstance(node, ast.expr)
        if not _fits(module, node) or context.kinds.of(function, node) not in _NUMBERS:
            continue
        for rank, term in enumerate(_terms(context, module, node)[:LIMIT]):
            for place, sign in enumerate("+-*/"):
                code = f"{wrapped(module, node)} {sign} {term}"
                yield draft(
                    module, node, f"Use `{code}` in `{brief(module, module.statement(node))}`",
                    "a term may be missing", 0.4 * 0.7**place * 0.85**rank,
                    edits.swap(module, node, code),
                )  # fmt: skip
    for module, _, node in each(context, ast.List):
        assert isinstance(node, ast.List)
        if node.elts and isinstance(node.ctx, ast.Load):
            for name in locals_at(module, node)[:3]:
                for code in (f"{module.code(node)} + {name}", f"{name} + {module.code(node)}"):
                    yield instead(module, node, "Use", code, "a part may be missing", 0.15)


def _fits(module: Module, node: ast.expr) -> bool:
    parent = module.parents.get(node)
    if isinstance(getattr(node, "ctx", None), ast.Store):
        return False
    if isinstance(parent, ast.Tuple):
        return not isinstance(module.parents.get(parent), ast.For | ast.comprehension)
    if isinstance(parent, ast.Call):
        return node in parent.args
    if isinstance(parent, ast.Assign | ast.AugAssign | ast.Return):
        return parent.value is node
    return isinstance(parent, ast.BinOp | ast.Compare | ast.Subscript) and (
        node is not getattr(parent, "value", None)
    )


def _terms(context: Context, module: Module, node: ast.expr) -> list[str]:
    """Numbers in scope that the expression does not hold."""
    home = module.function_of(node)
    held = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    names = [n for n in locals_at(module, node) if n not in held]
    return [n for n in names if context.kinds.of(home, ast.Name(id=n)) in _NUMBERS]


OPERATOR = Operator("add_term", "insert operand", "bug_fix", 0.05, drafts, blind=True)
