"""Values that are lost: overwritten before anybody reads them, or computed as a statement."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, shorten, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.paths import blocks, names
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """`x = a; x = b` without a read in between, and statements that only compute."""
    for module in context.program.editable:
        for block in blocks(module.tree):
            yield from _overwritten(context, module, block)
    for module, node in context.each(ast.Expr):
        assert isinstance(node, ast.Expr)
        tried = any(isinstance(a, ast.Try | ast.With) for a in module.ancestors(node))
        plain = isinstance(node.value, ast.Compare | ast.BinOp | ast.BoolOp)
        if plain and not tried and not _acts(node.value):
            what = _assigned_instead(module, node.value)
            text = f"`{module.code(node)}` in {where(module, node)} computes a value and drops it"
            yield context.finding("idle_statement", module, node, 0.75, text, what)


def _acts(value: ast.expr) -> bool:
    """Whether the expression does something: a call, an overloaded `>>`, an await."""
    shifts = isinstance(value, ast.BinOp) and isinstance(
        value.op, ast.RShift | ast.LShift | ast.BitOr
    )
    return shifts or any(
        isinstance(n, ast.Call | ast.Await | ast.Yield | ast.NamedExpr) for n in ast.walk(value)
    )


def _assigned_instead(module: Module, value: ast.expr) -> dict[str, str]:
    if (
        isinstance(value, ast.Compare)
        and isinstance(value.ops[0], ast.Eq)
        and isinstance(value.left, ast.Name | ast.Attribute | ast.Subscript)
        and len(value.ops) == 1
    ):
        return {"mend": f"{module.code(value.left)} = {module.code(value.comparators[0])}"}
    return {}


def _overwritten(context: Context, module: Module, block: list[ast.stmt]) -> Iterator[Finding]:
    for number, statement in enumerate(block):
        name = _plain_target(statement)
        if not name or module.function_of(statement) is None:
            continue
        for later in block[number + 1 :]:
            again = _plain_target(later) == name
            if name in names(later) or name in _captured(later):
                break
            if again:
                if _is_start(statement):
                    break
                text = (
                    f"`{shorten(module.code(statement))}` in {where(module, statement)} is "
                    f"overwritten in line {later.lineno} before anybody reads it"
                )
                detail = {"name": name, "line": str(later.lineno)}
                yield context.finding("overwritten_unread", module, statement, 0.65, text, detail)
                break
            if not isinstance(later, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr):
                break


def _plain_target(statement: ast.stmt) -> str:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        return getattr(statement.targets[0], "id", "")
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return getattr(statement.target, "id", "")
    return ""


def _captured(statement: ast.stmt) -> set[str]:
    """Names that an inner function or `locals()` may read later."""
    if any(isinstance(n, ast.Lambda | ast.FunctionDef) for n in ast.walk(statement)):
        return names(statement) | names(statement, ast.Store)
    return set()


def _is_start(statement: ast.stmt) -> bool:
    """A first value such as None, 0 or an empty list, written for the reader."""
    value = getattr(statement, "value", None)
    empty = {"[]", "{}", "()", "set()", "list()", "dict()"}
    return isinstance(value, ast.Constant) or (value is not None and ast.unparse(value) in empty)
