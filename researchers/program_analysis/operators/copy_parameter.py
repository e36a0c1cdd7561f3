"""Copies a parameter that is given another name and then changed in place: the caller's is kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Function
from researchers.program_analysis.sites import brief, draft, each

_CHANGES = frozenset({
    "append", "extend", "insert", "pop", "remove", "sort", "reverse", "clear", "add", "update",
    "discard", "setdefault", "popitem",
})  # fmt: skip
_BY_KIND = {"dict": ("dict({})",), "set": ("set({})",), "list": ("list({})",)}
_ANY = ("list({})", "{}.copy()")


def drafts(context: Context) -> Iterator[Draft]:
    """Assignments of a parameter to a name of which the elements change later."""
    for module, function, node in each(context, ast.Assign):
        assert isinstance(node, ast.Assign)
        target, value = node.targets[0], node.value
        if not isinstance(target, ast.Name) or not isinstance(value, ast.Name):
            continue
        if value.id not in function.parameters or target.id not in _changed(function):
            continue
        kind = context.kinds.of(function, value).split("[")[0]
        for rank, form in enumerate(_BY_KIND.get(kind, _ANY)):
            yield draft(
                module, node, f"Copy `{form.format(value.id)}` in `{brief(module, node)}`",
                "the caller's own value is changed in place", 0.6**rank,
                edits.swap(module, value, form.format(value.id)),
            )  # fmt: skip


def _changed(function: Function) -> set[str]:
    """Names of which a function changes the elements."""
    held = [
        n.value for n in ast.walk(function.node)
        if (isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store | ast.Del))
        or (isinstance(n, ast.Attribute) and n.attr in _CHANGES)
    ]  # fmt: skip
    return {value.id for value in held if isinstance(value, ast.Name)}


OPERATOR = Operator("copy_parameter", "insert missing call", "bug_fix", 0.1, drafts, blind=True)
