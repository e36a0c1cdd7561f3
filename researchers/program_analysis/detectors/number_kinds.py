"""Numbers of the wrong kind: whole quotients taken as ratios, floats compared exactly."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import called, words
from tasks.records.change import Finding

_RATIO = {"ratio", "share", "rate", "fraction", "mean", "average", "avg", "percent", "percentage",
          "precision", "recall", "accuracy", "probability", "density"}  # fmt: skip


def find(context: Context) -> Iterator[Finding]:
    """`a // b` where a fraction is wanted, and `==` between floats that were computed."""
    for module, node in context.each(ast.BinOp):
        assert isinstance(node, ast.BinOp)
        why = _wants_ratio(module, node) if isinstance(node.op, ast.FloorDiv) else ""
        if why:
            text = f"`{module.code(node)}` in {where(module, node)} is a whole number {why}"
            mend = f"{module.code(node.left)} / {module.code(node.right)}"
            yield context.finding("floor_ratio", module, node, 0.75, text, {"mend": mend})
    for module, node in context.each(ast.Compare):
        assert isinstance(node, ast.Compare)
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            sides = (node.left, node.comparators[0])
            function = module.function_of(node)
            if any(_is_computed(function, s) for s in sides) and not any(map(_is_whole, sides)):
                sign = "<" if isinstance(node.ops[0], ast.Eq) else ">="
                mend = f"abs({' - '.join(f'({module.code(s)})' for s in sides)}) {sign} 1e-9"
                text = f"`{module.code(node)}` in {where(module, node)} compares floats exactly"
                yield context.finding("float_equality", module, node, 0.5, text, {"mend": mend})


def _wants_ratio(module: Module, node: ast.BinOp) -> str:
    parent = module.parents.get(node)
    if isinstance(parent, ast.Compare):
        others = [s for s in (parent.left, *parent.comparators) if s is not node]
        if any(_is_fraction(s) for s in others):
            return "and is compared with a fraction"
    target = parent.targets[0] if isinstance(parent, ast.Assign) else None
    name = getattr(target, "id", getattr(target, "attr", ""))
    if isinstance(parent, ast.Return):
        function = module.function_of(node)
        name = function.node.name if function else ""
    if words(name) & _RATIO:
        return f"and is called `{name}`"
    if isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Mult):
        other = parent.right if parent.left is node else parent.left
        if isinstance(other, ast.Constant) and other.value in (100, 100.0):
            return "and is taken as a percentage"
    return ""


def _is_fraction(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, float)
        and not node.value.is_integer()
    )


def _is_computed(function: Function | None, node: ast.expr) -> bool:
    """A fraction in decimals, a quotient, or a name that was assigned from one."""
    if _is_fraction(node) or _is_quotient(node):
        return True
    if isinstance(node, ast.Name) and function is not None:
        made = [
            n.value for n in ast.walk(function.node)
            if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == node.id
        ]  # fmt: skip
        return bool(made) and all(map(_is_quotient, made))
    return False


def _is_quotient(node: ast.expr) -> bool:
    if not isinstance(node, ast.BinOp):
        return called(node) in {"sqrt", "log", "exp", "sin", "cos"}
    plain = isinstance(node.op, ast.Div) and not _is_text(node.left) and not _is_text(node.right)
    summed = isinstance(node.op, ast.Add | ast.Sub | ast.Mult)
    return plain or (summed and (_is_fraction(node.left) or _is_fraction(node.right)))


def _is_text(node: ast.expr) -> bool:
    """Paths are joined by `/` too."""
    return isinstance(node, ast.Constant | ast.JoinedStr) and not isinstance(
        getattr(node, "value", ""), int | float
    )


def _is_whole(node: ast.expr) -> bool:
    plain = isinstance(node, ast.Constant) and not _is_fraction(node)
    return plain or called(node) in {"int", "round", "floor", "Path", "str"}
