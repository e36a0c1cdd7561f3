"""Copies where one name was not changed, and operations of a value with itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from researchers.program_analysis.context import Context, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.paths import blocks
from tasks.records.change import Finding

_SAME = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.BitXor)


def find(context: Context) -> Iterator[Finding]:
    """Neighbouring statements of one shape where a renaming stops short; `a - a`, `x and x`."""
    for module in context.program.editable:
        for block in blocks(module.tree):
            for one, other in pairwise(block):
                yield from _copied(context, module, one, other)
    for module, node in context.each(ast.BinOp, ast.Compare, ast.BoolOp):
        twice = _twice(node)
        if twice is not None:
            text = f"`{module.code(node)}` in {where(module, node)} takes one value twice"
            yield context.finding("same_operand", module, twice, 0.7, text)


def _copied(context: Context, module: Module, one: ast.stmt, other: ast.stmt) -> Iterator[Finding]:
    simple = ast.Assign | ast.AugAssign | ast.Expr | ast.Return | ast.If
    if type(one) is not type(other) or not isinstance(one, simple):
        return
    first, second = list(_named(one)), list(_named(other))
    if len(first) < 3 or _shape(one) != _shape(other):
        return
    changed = [(a[1], b[1]) for a, b in zip(first, second, strict=True) if a[1] != b[1]]
    renaming = dict(changed)
    if not changed or len(renaming) != len(set(changed)):
        return
    words = {_difference(a, b) for a, b in renaming.items()}
    if len(words) != 1:
        return
    old, new = words.pop()
    if not old or not new:
        return
    kept = [b for a, b in zip(first, second, strict=True) if a[1] == b[1] and _has(b[1], old)]
    if len(kept) != 1 or len(changed) < 2:
        return
    node, name = kept[0]
    wanted = _renamed(name, old, new)
    if not _exists(module, wanted) or any(_has(b[1], new) for b in first):
        return
    text = (
        f"`{module.code(node)}` in line {other.lineno} of {where(module, node)} keeps `{name}` "
        f"where all else was renamed from {old} to {new} after line {one.lineno}"
    )
    yield context.finding("unrenamed_copy", module, node, 0.6, text, _mend(node, name, wanted))


def _mend(node: ast.AST, name: str, wanted: str) -> dict[str, str]:
    if isinstance(node, ast.Constant):
        return {"mend": repr(wanted), "name": name}
    if isinstance(node, ast.Attribute):
        return {"mend": f"{ast.unparse(node.value)}.{wanted}", "name": name}
    return {"mend": wanted, "name": name}


def _named(statement: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Names, attributes and short texts of a statement in order."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            yield node, node.id
        elif isinstance(node, ast.Attribute):
            yield node, node.attr
        elif _is_text(node) and str(getattr(node, "value", "")).isidentifier():
            yield node, str(getattr(node, "value", ""))


def _shape(statement: ast.AST) -> list[str]:
    return [
        type(n).__name__
        + (repr(n.value) if isinstance(n, ast.Constant) and not isinstance(n.value, str) else "")
        + (f"{len(n.value)}" * (not n.value.isidentifier()) if _is_text(n) else "")  # type: ignore[attr-defined]
        for n in ast.walk(statement)
    ]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _difference(one: str, other: str) -> tuple[str, str]:
    """The words in which two names differ; equal numbers of words that differ in one place."""
    left, right = one.split("_"), other.split("_")
    if len(left) != len(right):
        return "", ""
    unlike = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return unlike[0] if len(unlike) == 1 else ("", "")


def _has(name: str, word: str) -> bool:
    return word in name.split("_")


def _renamed(name: str, old: str, new: str) -> str:
    return "_".join(new if part == old else part for part in name.split("_"))


def _exists(module: Module, name: str) -> bool:
    return any(found == name for _, found in _named(module.tree))


def _twice(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, _SAME):
        sides = (node.left, node.right)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        sides = (node.left, node.comparators[0])
    elif isinstance(node, ast.BoolOp):
        forms = [ast.dump(v) for v in node.values]
        doubled = [v for i, v in enumerate(node.values) if forms[i] in forms[:i]]
        return doubled[0] if doubled and not _calls(doubled[0]) else None
    else:
        return None
    same = ast.dump(sides[0]) == ast.dump(sides[1]) and not isinstance(sides[0], ast.Constant)
    equal = isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq)
    return sides[1] if same and not _calls(sides[0]) and not equal else None


def _calls(node: ast.expr) -> bool:
    """Calls may differ each time; `x == x` asks for NaN and is left alone by the caller."""
    return any(isinstance(n, ast.Call | ast.Await) for n in ast.walk(node))
