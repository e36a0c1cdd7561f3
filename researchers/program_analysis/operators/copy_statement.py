"""Repeats a statement of the function where it may be missing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free, locals_at, mirrored, readable
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import words
from researchers.program_analysis.sites import blocks, brief, draft, focused, plain

_SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Continue, ast.Return)
_COUNTED = ("{} += 1", "{} -= 1")
LIMIT = 20


def drafts(context: Context) -> Iterator[Draft]:
    """Statements of the function, also mirrored, behind and before each place of each block."""
    for module, function in focused(context):
        pool = _pool(module, function)
        for block in _blocks(function):
            held = {plain(module, s) for s in block}
            for code, strength in pool:
                if code not in held:
                    yield from _inserted(module, block, code, strength)


def _blocks(function: Function) -> list[list[ast.stmt]]:
    return [b for n in ast.walk(function.node) if isinstance(n, ast.stmt) for b in blocks(n)]


def _pool(module: Module, function: Function) -> list[tuple[str, float]]:
    found: dict[str, float] = {}
    for node in ast.walk(function.node):
        told = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, _SIMPLE) and not told and "\n" not in module.code(node):
            found.setdefault(module.code(node), 0.5)
            for code in mirrored(module.code(node)):
                found.setdefault(code, 0.7)
    for name in sorted({n.id for n in ast.walk(function.node) if isinstance(n, ast.Name)}):
        counts = bool(words(name) & {"count", "i", "j", "k", "n", "index", "total", "level"})
        found.update({form.format(name): 0.4 for form in _COUNTED if counts})
    return sorted(found.items(), key=lambda item: -item[1])[:LIMIT]


def _inserted(module: Module, block: list[ast.stmt], code: str, strength: float) -> Iterator[Draft]:
    tree = ast.parse(code) if not code.startswith(("return", "continue")) else None
    for place, at in enumerate(block):
        last = place == len(block) - 1
        needs = free(tree) if tree else frozenset()
        if needs and not needs <= readable(module, at) | set(locals_at(module, at)):
            continue
        if tree is not None or place == 0:
            yield _draft(module, at, code, strength * (0.6 if place else 0.8), False)
        if last and not isinstance(at, ast.Return | ast.Continue | ast.Break | ast.Raise):
            yield _draft(module, at, code, strength, True)


def _draft(module: Module, at: ast.stmt, code: str, strength: float, behind: bool) -> Draft:
    splice = edits.after(module, at, code) if behind else edits.before(module, at, code)
    return draft(
        module, at, f"Do `{code}` {'behind' if behind else 'before'} `{brief(module, at)}`",
        "a statement may be missing", strength, splice,
    )  # fmt: skip


OPERATOR = Operator("copy_statement", "insert statement", "bug_fix", 0.12, drafts, blind=True)
