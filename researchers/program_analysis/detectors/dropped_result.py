"""Results that are dropped: a new string, list or date is made as a statement and lost."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called
from tasks.records.change import Finding

_TEXT = frozenset({
    "strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title", "capitalize", "format",
    "removeprefix", "removesuffix", "ljust", "rjust", "zfill", "splitlines", "encode", "decode",
    "union", "intersection", "difference", "astimezone", "isoformat",
})  # fmt: skip
_FUNCTIONS = frozenset({"sorted", "reversed", "map", "filter", "zip", "enumerate", "str", "len"})
_IN_PLACE = frozenset({"sort", "reverse", "append", "extend", "insert", "clear"})


def find(context: Context) -> Iterator[Finding]:
    """`text.strip()` and `sorted(rows)` as statements, and `rows = rows.sort()`."""
    for module, node in context.each(ast.Expr, ast.Assign, ast.Return):
        call = getattr(node, "value", None)
        if not isinstance(call, ast.Call):
            continue
        if isinstance(node, ast.Expr):
            yield from _lost(context, module, node, call)
        elif called(call) in _IN_PLACE and _is_list(context, module, call):
            text = f"`{module.code(node)}` in {where(module, node)} keeps None, not the list"
            yield context.finding("none_result", module, node, 0.8, text, _in_place(module, call))


def _lost(context: Context, module: Module, node: ast.Expr, call: ast.Call) -> Iterator[Finding]:
    function, name = module.function_of(node), called(call)
    base: ast.expr | None = None
    if isinstance(call.func, ast.Attribute):
        base = call.func.value
        text_method = name == "replace" and context.kinds.of(function, base) == "str"
        if not (name in _TEXT or text_method) or isinstance(base, ast.Constant):
            return
        if context.kinds.of(function, base) in context.program.classes:
            return
        if isinstance(base, ast.Call) and name != "replace":
            return
    elif name in _FUNCTIONS and name not in context.program.named and call.args:
        base = call.args[0]
    if base is None or _is_tried(module, node):
        return
    text = f"`{module.code(node)}` in {where(module, node)} makes a new value and drops it"
    kept = isinstance(base, ast.Name | ast.Attribute | ast.Subscript)
    mend = {"mend": f"{module.code(base)} = {module.code(call)}"} if kept else {}
    strength = 0.8 if name in {"sorted", "replace", *_TEXT} else 0.35
    yield context.finding("dropped_result", module, node, strength, text, mend)


def _is_tried(module: Module, node: ast.stmt) -> bool:
    """A call made for the exception that it may raise."""
    return any(isinstance(a, ast.Try | ast.With) for a in module.ancestors(node))


def _is_list(context: Context, module: Module, call: ast.Call) -> bool:
    base = call.func.value if isinstance(call.func, ast.Attribute) else None
    kind = context.kinds.of(module.function_of(call), base)
    return kind.startswith("list")


def _in_place(module: Module, call: ast.Call) -> dict[str, str]:
    assert isinstance(call.func, ast.Attribute)
    return {"call": module.code(call), "base": module.code(call.func.value)}
