"""Steps an index, a bound or an argument by one, or takes such a step back."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each, wrapped

_NUMBERS = {"", "int", "number"}
_ATOMS = (ast.Name, ast.Call, ast.Attribute, ast.Subscript)


def drafts(context: Context) -> Iterator[Draft]:
    """Whole-number expressions where a step of one is usual."""
    for module, function, node in each(context, ast.expr):
        assert isinstance(node, ast.expr)
        strength = _strength(module, node)
        stepped = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
        if not strength or isinstance(getattr(node, "ctx", None), ast.Store):
            continue
        if stepped and isinstance(node, ast.BinOp) and _is_one(node.right):
            other = "-" if isinstance(node.op, ast.Add) else "+"
            base = module.code(node.left)
            yield _draft(module, node, base, 1.0)
            yield _draft(module, node, f"{base} {other} 1", 0.4)
            continue
        whole = context.kinds.of(function, node) in _NUMBERS
        if whole and isinstance(node, (*_ATOMS, ast.BinOp)):
            form = wrapped(module, node) if not stepped else module.code(node)
            for sign, factor in (("-", 1.0), ("+", 1.0)):
                yield _draft(module, node, f"{form} {sign} 1", strength * factor)


def _draft(module: Module, node: ast.expr, code: str, strength: float) -> Draft:
    return draft(
        module, node, f"Step `{brief(module, node)}` to `{code}`", "an end may be off by one",
        strength, edits.swap(module, node, code),
    )  # fmt: skip


def _strength(module: Module, node: ast.expr) -> float:
    """How usual a step is at this place."""
    parent = module.parents.get(node)
    if isinstance(parent, ast.Slice) or (
        isinstance(parent, ast.Call) and getattr(parent.func, "id", "") == "range"
    ):
        return 0.7 if parent is not None and node is not getattr(parent, "func", None) else 0.0
    if isinstance(parent, ast.Compare):
        ordered = all(isinstance(o, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for o in parent.ops)
        return 0.5 if ordered else 0.2
    if isinstance(parent, ast.Subscript) and parent.slice is node:
        return 0.4
    if isinstance(parent, ast.Call) and parent.func is not node:
        return 0.35
    if isinstance(parent, ast.Return | ast.Assign | ast.AugAssign):
        return 0.35
    if isinstance(parent, ast.Tuple) and isinstance(module.parents.get(parent), ast.Call):
        return 0.25
    if isinstance(parent, ast.Tuple | ast.BinOp):
        return 0.3
    return 0.0


def _is_one(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 1 and node.value is not True


OPERATOR = Operator("off_by_one", "mutate boundary", "bug_fix", 0.2, drafts, blind=True)
