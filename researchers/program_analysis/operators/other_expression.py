"""Reuses an expression that the function computes elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free, readable
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.sites import body_nodes, brief, draft, each

_PARTS = (ast.Subscript, ast.Attribute, ast.Call, ast.BinOp)
_PLACES = (ast.Name, ast.Subscript, ast.Attribute, ast.Constant, ast.BinOp)
LIMIT = 6


def drafts(context: Context) -> Iterator[Draft]:
    """Simple values, replaced by the nearest same-kind expressions that share a name with them."""
    for module, function, node in each(context, *_PLACES):
        assert isinstance(node, ast.expr)
        parent = module.parents.get(node)
        fixed = isinstance(parent, ast.Attribute | ast.Subscript) and parent.slice is not node if (
            isinstance(parent, ast.Subscript)
        ) else isinstance(parent, ast.Attribute)  # fmt: skip
        called = isinstance(parent, ast.Call) and parent.func is node
        if fixed or called or isinstance(getattr(node, "ctx", None), ast.Store):
            continue
        for rank, code in enumerate(_others(context, module, function, node)):
            yield draft(
                module, node, f"Use `{code}` for `{brief(module, node)}` in "
                f"`{brief(module, parent or node)}`",
                "the function computes this elsewhere", 0.5 * 0.85**rank,
                edits.swap(module, node, code),
            )  # fmt: skip


def _others(context: Context, module: Module, function: Function, node: ast.expr) -> list[str]:
    kind, known = context.kinds.of(function, node), readable(module, node)
    used, own = free(node), module.code(node)
    inside = {id(n) for n in ast.walk(module.statement(node)) if n is not node}
    ranked: dict[str, tuple[float, int]] = {}
    for other in body_nodes(module, function):
        if not isinstance(other, _PARTS) or isinstance(getattr(other, "ctx", None), ast.Store):
            continue
        parent = module.parents.get(other)
        code = module.code(other)
        if code == own or isinstance(parent, ast.Expr) or "\n" in code or not free(other) <= known:
            continue
        other_kind = context.kinds.of(function, other)
        if kind and other_kind and kind != other_kind:
            continue
        if isinstance(parent, ast.Call) and parent.func is other:
            continue
        near = len(free(other) & used) + (id(other) not in inside) * 0.1
        ranked.setdefault(code, (-near, abs(other.lineno - node.lineno)))
    return sorted(ranked, key=lambda code: ranked[code])[:LIMIT]


OPERATOR = Operator("other_expression", "reuse expression", "bug_fix", 0.08, drafts, blind=True)
