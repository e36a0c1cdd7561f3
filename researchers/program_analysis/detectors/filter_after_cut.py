"""Lists that are cut first and filtered afterwards, so that what was wanted is cut away."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, weighed, where
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import LIMIT, says, tail
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """A comprehension with a condition over a slice, or over a variable that holds one."""
    for module, node in context.each(ast.ListComp):
        assert isinstance(node, ast.ListComp)
        generator = node.generators[0]
        if not generator.ifs:
            continue
        source = generator.iter
        function = module.function_of(node)
        how = "slice" if is_cut(source) else ""
        if not how and isinstance(source, ast.Name) and function is not None:
            how = _how_made(function, source.id, node.lineno)
        elif not how and isinstance(source, ast.Call) and limit_of(source) is not None:
            how = "limited_call"
        if how:
            strength, told = weighed(0.7, _cut_off(context, module, function, source, node.lineno))
            text = f"{where(module, node)} filters `{module.code(source)}` only after it was cut"
            text += told.replace(" of ", " records cut off of ")
            yield context.finding("filter_after_cut", module, node, strength, text, {"how": how})
    yield from _loops(context)


def _cut_off(
    context: Context, module: Module, function: Function | None, source: ast.expr, line: int
) -> tuple[int, int] | None:
    """Records that the cut before a filter took away in the traced run."""
    cut: ast.AST | None = source
    if isinstance(source, ast.Name) and function is not None:
        cut = cut_statement(module, function, source.id, line)
    return context.lost(module, cut, "slice") if cut is not None else None


def _loops(context: Context) -> Iterator[Finding]:
    for module, node in context.each(ast.For):
        assert isinstance(node, ast.For)
        if is_cut(node.iter) and _filters(node):
            text = (
                f"{where(module, node)} filters within a loop over `{module.code(node.iter)}`, "
                "already cut"
            )
            yield context.finding("filter_after_cut", module, node, 0.6, text, {"how": "loop"})


def _filters(node: ast.For) -> bool:
    return any(
        isinstance(s, ast.If) and (isinstance(s.body[-1], ast.Continue) or len(node.body) == 1)
        for s in node.body
    )


def is_cut(node: ast.expr) -> bool:
    """Whether an expression is `x[:n]`."""
    return (
        isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)
        and node.slice.lower is None and node.slice.upper is not None
        and not isinstance(node.slice.upper, ast.UnaryOp)
    )  # fmt: skip


def limit_of(call: ast.Call) -> ast.expr | None:
    """The argument of a call that limits how much comes back, by its name."""
    for keyword in call.keywords:
        if keyword.arg and says(keyword.arg, LIMIT):
            return keyword.value
    return next((a for a in call.args[1:] if says(tail(a), LIMIT)), None)


def _how_made(function: Function, name: str, line: int) -> str:
    made = [
        n.value for n in ast.walk(function.node)
        if isinstance(n, ast.Assign) and n.lineno < line and any(tail(t) == name for t in n.targets)
    ]  # fmt: skip
    if not made:
        return ""
    if is_cut(made[-1]):
        return "cut_variable"
    return (
        "limited_variable"
        if isinstance(made[-1], ast.Call) and limit_of(made[-1]) is not None
        else ""
    )


def cut_statement(module: Module, function: Function, name: str, line: int) -> ast.Assign | None:
    """The last assignment of a name above a line."""
    found = [
        n for n in ast.walk(function.node)
        if isinstance(n, ast.Assign) and n.lineno < line and any(tail(t) == name for t in n.targets)
    ]  # fmt: skip
    return found[-1] if found else None
