"""Names in each other's place: arguments passed crosswise, locals that nobody uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import opposite, tail
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """Crossed arguments, and variables assigned and never read."""
    for module, node in context.each(ast.Call):
        assert isinstance(node, ast.Call)
        callee = context.program.callee(node)
        crossed = _crossed(node, callee) if callee is not None else None
        if crossed:
            text = (
                f"`{shorten(module.code(node))}` in {where(module, node)} passes {crossed[0]} "
                f"and {crossed[1]} crosswise"
            )
            detail = {"first": str(crossed[2]), "second": str(crossed[3])}
            yield context.finding("crossed_arguments", module, node, 0.8, text, detail)
    for module, function in context.functions():
        yield from _unread_locals(context, module, function)


def _crossed(node: ast.Call, callee: Function) -> tuple[str, str, int, int] | None:
    names = [tail(a) for a in node.args]
    for i, name in enumerate(names):
        for j in range(i + 1, min(len(names), len(callee.positional))):
            if (
                name
                and names[j]
                and _cross(name, names[j], *(callee.positional[k] for k in (i, j)))
            ):
                return name, names[j], i, j
    return None


def _cross(one: str, other: str, first: str, second: str) -> bool:
    """Whether arguments belong to each other's parameters: by name, or by the end they speak of."""
    if (one, other) == (second, first):
        return True
    if (one, other) == (first, second):
        return False
    return any(
        opposite(*ends) and opposite(*reversed(passed))
        for ends, passed in (
            ((first, second), (one, other)),
            ((second, first), (other, one)),
        )
    )


def _unread_locals(context: Context, module: Module, function: Function) -> Iterator[Finding]:
    loads = {
        n.id
        for n in ast.walk(function.node)
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
    }
    declared = {
        n
        for s in ast.walk(function.node)
        if isinstance(s, ast.Nonlocal | ast.Global)
        for n in s.names
    }
    for node in ast.walk(function.node):
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        target = node.targets[0]
        if (
            isinstance(target, ast.Name)
            and target.id not in loads | declared
            and not target.id.startswith("_")
        ):
            text = f"{where(module, node)} computes `{target.id}` and never uses it"
            yield context.finding("unread_local", module, node, 0.65, text, {"name": target.id})
