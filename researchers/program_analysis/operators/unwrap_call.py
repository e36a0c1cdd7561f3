"""Takes what a call is given, or called on, in the place of the call."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.names import called
from researchers.program_analysis.sites import brief, draft, each

_LIKELY = {"reversed", "sorted", "set", "len", "abs", "int", "lower", "upper", "strip", "not"}


def drafts(context: Context) -> Iterator[Draft]:
    """Calls of one argument, and methods without arguments, in expressions."""
    for module, _, node in each(context, ast.Call):
        assert isinstance(node, ast.Call)
        inner = _inner(node)
        if inner is None or isinstance(module.parents.get(node), ast.Expr):
            continue
        yield draft(
            module, node, f"Take `{brief(module, inner)}` without `{called(node)}`",
            "a call may be too many", 0.5 if called(node) in _LIKELY else 0.3,
            edits.swap(module, node, module.code(inner)),
        )  # fmt: skip


def _inner(node: ast.Call) -> ast.expr | None:
    if len(node.args) == 1 and not node.keywords and isinstance(node.func, ast.Name):
        one = node.args[0]
        return None if isinstance(one, ast.Starred | ast.GeneratorExp) else one
    if isinstance(node.func, ast.Attribute) and not node.args and not node.keywords:
        return node.func.value
    return None


OPERATOR = Operator("unwrap_call", "remove call", "bug_fix", 0.05, drafts, blind=True)
