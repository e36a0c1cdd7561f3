"""Negates a condition, one clause of it, or what a predicate returns."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each

Place = tuple[Module, ast.expr, float]


def drafts(context: Context) -> Iterator[Draft]:
    """Clauses of tests, tests of inline conditions and filters, and returned conditions."""
    for module, node, strength in _places(context):
        opposite = edits.negated(module.code(node), node)
        yield draft(
            module, node, f"Negate `{brief(module, node)}`", "a condition may be inverted",
            strength, edits.swap(module, node, opposite),
        )  # fmt: skip


def _places(context: Context) -> Iterator[Place]:
    for module, _, node in each(
        context, ast.BoolOp, ast.IfExp, ast.comprehension, ast.Return, ast.Assign
    ):
        if isinstance(node, ast.BoolOp):
            yield from ((module, value, 0.5) for value in node.values)
        elif isinstance(node, ast.IfExp):
            yield module, node.test, 0.8
        elif isinstance(node, ast.comprehension):
            yield from ((module, test, 0.7) for test in node.ifs if not _joined(test))
        elif isinstance(node, ast.Return | ast.Assign) and _is_condition(node.value):
            assert node.value is not None
            yield module, node.value, 0.5


def _joined(node: ast.expr) -> bool:
    return isinstance(node, ast.BoolOp)


def _is_condition(node: ast.expr | None) -> bool:
    negation = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return negation or isinstance(node, ast.BoolOp | ast.Compare)


OPERATOR = Operator("negate_condition", "mutate condition", "bug_fix", 0.05, drafts, blind=True)
