"""One mutable value where several were meant: class attributes, repeated rows, `fromkeys`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called, words
from researchers.program_analysis.program import ClassInfo
from tasks.records.change import Finding

_GROWS = {"append", "extend", "add", "update", "setdefault", "insert", "pop", "remove", "clear"}
_REGISTERS = {"registry", "register", "instances", "active", "cache", "plugins", "handlers"}
_MADE = {"list", "dict", "set", "defaultdict", "Counter", "deque", "OrderedDict"}


def find(context: Context) -> Iterator[Finding]:
    """Attributes that all instances grow, and one row or value repeated by reference."""
    for info in context.program.classes.values():
        if info.module.editable:
            yield from _attributes(context, info)
    for module, node in context.each(ast.BinOp, ast.Call):
        repeated = _repeated(node)
        if repeated is not None and not isinstance(module.parents.get(node), ast.Call):
            text = (
                f"`{module.code(node)}` in {where(module, node)} holds one `"
                f"{module.code(repeated)}` many times, not many of them"
            )
            yield context.finding("shared_rows", module, node, 0.8, text, _rows(module, node))


def _attributes(context: Context, info: ClassInfo) -> Iterator[Finding]:
    for statement in info.node.body:
        value, name = _held(statement)
        if value is None or not is_mutable(value) or name in info.attributes:
            continue
        if name.isupper() or words(name) & _REGISTERS or not _grown(info, name):
            continue
        text = (
            f"{info.node.name} ({info.module.path}) grows `{name}` through self, and all instances "
            "share it"
        )
        detail = {"name": name, "class": info.node.name}
        strength = 0.4 if name.startswith("_") else 0.6
        yield context.finding("shared_attribute", info.module, statement, strength, text, detail)


def _held(statement: ast.stmt) -> tuple[ast.expr | None, str]:
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.value, statement.targets[0].id
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        shared = "ClassVar" in ast.dump(statement.annotation)
        return (None if shared else statement.value), statement.target.id
    return None, ""


def is_mutable(node: ast.expr) -> bool:
    """Whether an expression makes a list, dict, set or their like."""
    return isinstance(node, ast.List | ast.Dict | ast.Set | ast.ListComp) or called(node) in _MADE


def _grown(info: ClassInfo, name: str) -> bool:
    for node in ast.walk(info.node):
        if isinstance(node, ast.Attribute) and node.attr in _GROWS:
            held: ast.AST = node.value
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            held = node.value
        else:
            continue
        if isinstance(held, ast.Attribute) and held.attr == name:
            return getattr(held.value, "id", "") == "self"
    return False


def _repeated(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        for side in (node.left, node.right):
            if isinstance(side, ast.List) and len(side.elts) == 1 and _is_row(side.elts[0]):
                return side.elts[0]
    if called(node) == "fromkeys" and isinstance(node, ast.Call) and len(node.args) == 2:
        return node.args[1] if is_mutable(node.args[1]) else None
    return None


def _is_row(node: ast.expr) -> bool:
    row = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)
    return is_mutable(node) or (
        row and any(isinstance(s, ast.List) for s in (node.left, node.right))  # type: ignore[attr-defined]
    )


def _rows(module: Module, node: ast.AST) -> dict[str, str]:
    if isinstance(node, ast.BinOp):
        rows, times = node.left, node.right
        if not isinstance(rows, ast.List):
            rows, times = times, rows
        assert isinstance(rows, ast.List)
        return {"mend": f"[{module.code(rows.elts[0])} for _ in range({module.code(times)})]"}
    assert isinstance(node, ast.Call)
    keys, value = (module.code(a) for a in node.args)
    return {"mend": f"{{key: {value} for key in {keys}}}"}
