"""Keeps insertion order where a set was iterated."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import tail


def drafts(context: Context) -> Iterator[Draft]:
    """`set(x)` becomes `dict.fromkeys(x)` at its making; failing that, the set is sorted."""
    for finding, module, node in context.found("set_order"):
        assert isinstance(node, ast.expr)
        made = _made(module, module.function_of(node), node)
        ordered = _ordered(module, made) if made is not None else None
        if made is not None and ordered:
            yield Draft(
                f"Keep the order of `{module.code(made)}` in {where(module, node)}",
                finding.evidence, location(module, node),
                changed(module, edits.swap(module, made, ordered)),
                finding.strength, findings=(finding.id,),
            )  # fmt: skip
        else:
            yield Draft(
                f"Iterate `{module.code(node)}` in sorted order in {where(module, node)}",
                finding.evidence, location(module, node),
                changed(module, edits.swap(module, node, f"sorted({module.code(node)})")),
                finding.strength, findings=(finding.id,),
            )  # fmt: skip


def _made(module: Module, function: Function | None, node: ast.expr) -> ast.expr | None:
    if not isinstance(node, ast.Name):
        return node
    if function is None:
        return None
    made = [
        n.value for n in ast.walk(function.node)
        if isinstance(n, ast.Assign) and any(tail(t) == node.id for t in n.targets)
    ]  # fmt: skip
    uses_set_methods = any(
        isinstance(n, ast.Attribute) and tail(n.value) == node.id for n in ast.walk(function.node)
    )
    return made[0] if len(made) == 1 and not uses_set_methods else None


def _ordered(module: Module, node: ast.expr) -> str | None:
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "set" and len(node.args) == 1:
        return f"list(dict.fromkeys({module.code(node.args[0])}))"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        parts = [_inner(module, side) for side in (node.left, node.right)]
        return f"list(dict.fromkeys([*{parts[0]}, *{parts[1]}]))"
    if isinstance(node, ast.SetComp):
        return f"list(dict.fromkeys({module.code(node)[1:-1]}))"
    if isinstance(node, ast.Call) and tail(node.func) == "union" and node.args:
        assert isinstance(node.func, ast.Attribute)
        return (
            f"list(dict.fromkeys([*{_inner(module, node.func.value)}, "
            f"*{_inner(module, node.args[0])}]))"
        )
    return None


def _inner(module: Module, node: ast.expr) -> str:
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "set" and node.args:
        return module.code(node.args[0])
    return module.code(node)


OPERATOR = Operator("keep_order", "container replacement", "bug_fix", 0.3, drafts)
