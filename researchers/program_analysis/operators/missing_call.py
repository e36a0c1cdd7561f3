"""Inserts a call that texts, lists and copies often miss: strip, lower, sorted, copy, abs."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator

_BY_KIND = {
    "str": ("{}.strip()", "{}.lower()"),
    "list": ("sorted({})", "list({})"),
    "dict": ("dict({})",),
}


def drafts(context: Context) -> Iterator[Draft]:
    """At returned values, keys of maps and appended values, by their kind."""
    for module, node in context.each(ast.Return, ast.Subscript, ast.Call):
        value = _value(node)
        function = module.function_of(node)
        if value is None or function is None or isinstance(value, ast.Constant):
            continue
        kind = context.kinds.of(function, value).split("[")[0]
        for form in _BY_KIND.get(kind, ()):
            yield Draft(
                f"Insert {form.format('…')} at `{shorten(module.code(value), 40)}` in "
                f"{where(module, node)}",
                f"a {kind} goes on as it came", location(module, node),
                changed(module, edits.wrap(module, value, form)), 0.2,
            )  # fmt: skip


def _value(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.Return):
        return node.value
    if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice):
        return node.slice
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) == 1:
        return node.args[0] if node.func.attr in {"append", "add", "get"} else None
    return None


OPERATOR = Operator("missing_call", "insert missing call", "bug_fix", 0.15, drafts, blind=True)
