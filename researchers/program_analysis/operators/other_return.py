"""Returns another value: a local, the opposite, what other branches return."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free, locals_at, readable
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each, wrapped

LIMIT = 8


def drafts(context: Context) -> Iterator[Draft]:
    """Every return with a value or without."""
    for module, function, node in each(context, ast.Return):
        assert isinstance(node, ast.Return)
        forms: dict[str, float] = {}
        for code, strength in _forms(context, module, node, function.node):
            forms.setdefault(code, strength)
        for code in list(forms)[:LIMIT]:
            if node.value is None or code != module.code(node.value):
                yield draft(
                    module, node, f"Return `{code}` for `{brief(module, node)}`",
                    "another value may be meant", forms[code],
                    edits.swap(module, node, f"return {code}"),
                )  # fmt: skip


def _forms(
    context: Context, module: Module, node: ast.Return, function: ast.AST
) -> Iterator[tuple[str, float]]:
    known = readable(module, node)
    home = module.function_of(node)
    kind = context.kinds.of(home, node.value)
    if isinstance(node.value, ast.Constant) and isinstance(node.value.value, bool):
        yield str(not node.value.value), 1.0
        yield from ((f"not {name}", 0.5) for name in locals_at(module, node)[:2])
    elif node.value is not None and (kind == "bool" or isinstance(node.value, ast.BoolOp)):
        yield f"not {wrapped(module, node.value)}", 0.3
    for other in (n for n in ast.walk(function) if isinstance(n, ast.Return)):
        if other is not node and other.value is not None and free(other.value) <= known:
            yield module.code(other.value), 0.5
    for name in locals_at(module, node):
        yield name, 0.5 if isinstance(node.value, ast.Name | None) else 0.3
    if isinstance(node.value, ast.List) and not node.value.elts:
        yield "[[]]", 0.5
    if isinstance(node.value, ast.Constant | ast.List | None):
        for plain in ("None", "0", "-1", "1", "[]", "False", "True", '""'):
            yield plain, 0.3
    if isinstance(node.value, ast.Name):
        yield f"len({node.value.id})", 0.2
        yield f"not {node.value.id}", 0.2


OPERATOR = Operator("other_return", "wrong return", "bug_fix", 0.1, drafts, blind=True)
