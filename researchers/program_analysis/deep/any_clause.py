"""Asks one more thing of any condition or of what is returned."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.deep.places import values
from researchers.program_analysis.deep.pools import adapted, conditions, expressions
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import instead, wrapped

PER_PLACE = 200
_TRUTHS = (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Call, ast.Name, ast.Attribute)


def drafts(context: Context) -> Iterator[Draft]:
    """`X and C` and `X or C`, for tests, filters, and returned truths."""
    for module, _, node in values(context):
        if not isinstance(node, _TRUTHS) or not _is_asked(module, node):
            continue
        code = wrapped(module, node)
        for rank, clause in zip(range(PER_PLACE), _clauses(module, node), strict=False):
            for link in ("and", "or"):
                made = f"{code} {link} {clause}"
                yield instead(module, node, "Ask", made, "a clause may be missing", 0.99**rank)


def _clauses(module: Module, node: ast.expr) -> Iterator[str]:
    yield from conditions(module, node)
    for other in expressions(module):
        if isinstance(other, ast.Call):
            for code in adapted(module, other, node):
                yield from (code, f"not {code}")


def _is_asked(module: Module, node: ast.expr) -> bool:
    parent = module.parents.get(node)
    if isinstance(parent, ast.Return):
        return isinstance(node, ast.Compare | ast.BoolOp | ast.Call | ast.UnaryOp)
    if isinstance(parent, ast.comprehension):
        return node in parent.ifs
    return getattr(parent, "test", None) is node or isinstance(parent, ast.BoolOp)


OPERATOR = Operator("any_clause", "mutate condition", "bug_fix", 0.02, drafts, blind=True)
