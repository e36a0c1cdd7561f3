"""Records that yield nothing because they lack a field that what they would yield does not need."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.module import Function
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """An early way out on one field of a parameter, in a function that gives another field."""
    for module, function in context.functions():
        body = function.node.body
        for place, statement in enumerate(body):
            if not isinstance(statement, ast.If) or statement.orelse:
                continue
            if len(statement.body) != 1 or not _gives_nothing(statement.body[0]):
                continue
            asked = _fields(function, statement.test)
            used = {f for later in body[place + 1 :] for f in _fields(function, later)}
            if len(asked) != 1 or not used or asked & used:
                continue
            field, owner = next(iter(asked)), sorted(name for _, name in used)[0]
            text = (
                f"`{shorten(module.code(statement.test))}` in {where(module, statement)} gives "
                f"nothing for records without {field[1]!r}, though what it would give is "
                f"{owner!r}"
            )
            yield context.finding("guard", module, statement.test, 0.8, text)


def _gives_nothing(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Return):
        return False
    value = statement.value
    if value is None or isinstance(value, ast.Constant):
        return value is None or not value.value
    return isinstance(value, ast.List | ast.Tuple | ast.Dict) and not ast.unparse(value).strip(
        "[](){}"
    )


def _fields(function: Function, node: ast.AST) -> set[tuple[str, str]]:
    """Fields that are read off parameters: the parameter and the field's name."""
    read = (_read(inner) for inner in ast.walk(node))
    return {
        (holder.id, name)
        for holder, name in read
        if name and isinstance(holder, ast.Name) and holder.id in function.parameters
    }


def _read(node: ast.AST) -> tuple[ast.expr | None, str]:
    """What a field is read off, and its name."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return node.value, str(node.slice.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        key = node.args[0] if node.func.attr == "get" and node.args else None
        return node.func.value, str(key.value) if isinstance(key, ast.Constant) else ""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        return node.value, node.attr if node.attr != "get" else ""
    return None, ""
