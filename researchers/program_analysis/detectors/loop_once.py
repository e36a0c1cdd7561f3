"""Loops that do not do what loops do: leave in their first round, start over in every round."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.paths import ends, names, of_loop
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """Loops that always leave in the first round, and sums that are reset in each."""
    for module, node in context.each(ast.For, ast.While):
        assert isinstance(node, ast.For | ast.While)
        if _leaves_at_once(node):
            text = f"the loop of line {node.lineno} in {where(module, node)} runs one round at most"
            yield context.finding("single_round", module, node.body[-1], 0.6, text)
        if isinstance(node, ast.For):
            yield from _reset(context, module, node)


def _leaves_at_once(loop: ast.For | ast.While) -> bool:
    if isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant):
        return False
    on = any(isinstance(n, ast.Continue) for n in of_loop(loop))
    last = loop.body[-1]
    takes_first = isinstance(last, ast.Break) or len(loop.body) == 1
    tried = any(isinstance(s, ast.If | ast.Try) for s in loop.body)
    return (
        ends(loop.body)
        and not on
        and not takes_first
        and tried
        and isinstance(last, ast.Return | ast.If)
    )


def _reset(context: Context, module: Module, loop: ast.For) -> Iterator[Finding]:
    """`total = 0` inside a loop that adds to it, read only after the loop."""
    grown = {_grown(s) for s in loop.body} - {""}
    for statement in loop.body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        name = getattr(target, "id", "")
        if name not in grown or not _is_empty(getattr(statement, "value", None)):
            continue
        read_inside = any(
            name in names(s) for s in loop.body if s is not statement and _grown(s) != name
        )
        block = module.body_of(loop)
        after = block[block.index(loop) + 1 :]
        if not read_inside and any(name in names(s) for s in after):
            text = (
                f"`{shorten(module.code(statement))}` in {where(module, statement)} starts over in "
                "every round, and is read after the loop"
            )
            yield context.finding("reset_in_loop", module, statement, 0.75, text, {"name": name})


def _grown(statement: ast.stmt) -> str:
    if isinstance(statement, ast.AugAssign):
        return getattr(statement.target, "id", "")
    call = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
        return getattr(call.func.value, "id", "")
    return ""


def _is_empty(value: ast.expr | None) -> bool:
    return value is not None and ast.unparse(value) in {"0", "0.0", "1", "''", "[]", "{}", "set()"}
