"""Cuts elsewhere: other bounds, one bound less, the whole, or backwards."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import each, instead, wrapped


def drafts(context: Context) -> Iterator[Draft]:
    """Slices by other bounds; sequences that are handed on, cut."""
    for module, function, node in each(context, ast.Subscript, ast.Name):
        forms: list[tuple[str, float]] = []
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            forms = [*_rest(module, function.node, node)]
            forms += _forms(module, wrapped(module, node.value), node.slice)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            parent = module.parents.get(node)
            kind = context.kinds.of(function, node)
            handed = isinstance(parent, ast.Call) and parent.func is not node
            handed = handed or isinstance(parent, ast.Return | ast.Assign | ast.Compare)
            if handed and kind.split("[")[0] in {"", "list", "str", "tuple"}:
                forms = [(f"{node.id}[1:]", 0.25), (f"{node.id}[:-1]", 0.2),
                         (f"{node.id}[::-1]", 0.25), (f"{node.id}[:]", 0.2)]  # fmt: skip
        for code, strength in forms:
            yield instead(module, node, "Cut", code, "another part may be meant", strength)


def _rest(module: Module, function: ast.AST, node: ast.Subscript) -> Iterator[tuple[str, float]]:
    """What another slice of the same value leaves: `rows[n:]` beside `rows[:n]`."""
    base = module.code(node.value)
    for other in ast.walk(function):
        if not isinstance(other, ast.Subscript) or other is node:
            continue
        cut = other.slice
        if not isinstance(cut, ast.Slice) or cut.step or module.code(other.value) != base:
            continue
        if cut.lower is None and cut.upper is not None:
            yield f"{base}[{module.code(cut.upper)}:]", 0.9
        elif cut.upper is None and cut.lower is not None:
            yield f"{base}[:{module.code(cut.lower)}]", 0.9


def _forms(module: Module, base: str, cut: ast.Slice) -> Iterator[tuple[str, float]]:
    low, high, step = (
        module.code(p) if p is not None else "" for p in (cut.lower, cut.upper, cut.step)
    )
    tail = f":{step}" if step else ""
    if low and high:
        yield f"{base}[{high}:{low}{tail}]", 0.3
    if low:
        yield f"{base}[:{high}{tail}]", 0.5
        yield f"{base}[{low} + 1:{high}{tail}]", 0.4
        yield f"{base}[{low} - 1:{high}{tail}]", 0.3
        yield f"{base}[:{low}{tail}]", 0.4
        if low.isdigit():
            yield f"{base}[-{low}:{high}{tail}]", 0.4
    else:
        yield f"{base}[1:{high}{tail}]", 0.4
    if high:
        yield f"{base}[{low}:{tail}]", 0.5
        yield f"{base}[{low}:{high} + 1{tail}]", 0.5
        yield f"{base}[{low}:{high} - 1{tail}]", 0.5
        yield f"{base}[{high}:{tail}]", 0.4
        yield f"{base}[-({high}):{tail}]", 0.3
    else:
        yield f"{base}[{low}:-1{tail}]", 0.4
    if not step:
        yield f"{base}[{low}:{high}:-1]", 0.3
    else:
        yield f"{base}[{low}:{high}:-({step})]", 0.6
        yield f"{base}[{low}:{high}]", 0.4
        if step.startswith("-"):
            yield f"{base}[{low}:{high}:{step[1:]}]", 0.5
    yield base, 0.3


OPERATOR = Operator("slice_bounds", "mutate slice", "bug_fix", 0.08, drafts, blind=True)
