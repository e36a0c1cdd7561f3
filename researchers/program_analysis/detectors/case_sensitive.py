"""Comparisons of strings whose case nobody has settled."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import (
    BETTER_HIGH,
    BETTER_LOW,
    DATE,
    IDENTITY,
    LIMIT,
    called,
    says,
    tail,
)
from tasks.records.change import Finding

FOLDS = {"lower", "casefold", "upper"}
_FIXED = {"type", "kind", "mode", "__name__", "suffix", "ext", "op", "method", "format", "style"}


def find(context: Context) -> Iterator[Finding]:
    """`==`, `!=` and `in` between texts; stronger where one side alone is folded."""
    for module, node in context.each(ast.Compare):
        assert isinstance(node, ast.Compare)
        if len(node.ops) != 1 or not isinstance(
            node.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn
        ):
            continue
        left, right = node.left, node.comparators[0]
        function = module.function_of(node)
        folded = [is_folded(module, function, side) for side in (left, right)]
        if all(folded) or _is_moot(left) or _is_moot(right):
            continue
        membership = isinstance(node.ops[0], ast.In | ast.NotIn)
        kind = context.kinds.of(function, right)
        if membership and (kind in {"dict", "iterator", "range"} or kind.startswith("list[i")):
            continue
        sure = [context.kinds.is_text(function, side) for side in (left, right)]
        sides = (left,) if membership else (left, right)
        if not all(_may_be_text(context, function, side) for side in sides):
            continue
        strength = 0.65 if any(folded) else (0.4 if sure[0] or sure[1] else 0.28)
        text = f"`{module.code(node)}` in {where(module, node)} depends on case" + (
            ", and one side alone is folded" if any(folded) else ""
        )
        detail = {"right": "many" if membership and kind != "str" else "one"}
        yield context.finding("case_sensitive", module, node, strength, text, detail)


def is_folded(module: Module, function: Function | None, node: ast.expr) -> bool:
    """Whether an expression, or the variable it names, was put into one case."""
    if any(called(n) in FOLDS for n in ast.walk(node)):
        return True
    if function is None or not isinstance(node, ast.Name):
        return False
    for inner in ast.walk(function.node):
        if isinstance(inner, ast.Assign) and any(tail(t) == node.id for t in inner.targets):
            return any(called(n) in FOLDS for n in ast.walk(inner.value))
    return False


def _may_be_text(context: Context, function: Function | None, node: ast.expr) -> bool:
    """Text by kind or name, or a field of unknown kind whose name speaks of no number."""
    if context.kinds.is_text(function, node):
        return True
    unknown = context.kinds.of(function, node) == "" and tail(node) != ""
    return unknown and not says(tail(node), IDENTITY | LIMIT | BETTER_HIGH | BETTER_LOW | DATE)


def _is_moot(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, str) or not any(c.isalpha() for c in node.value)
    return tail(node) in _FIXED
