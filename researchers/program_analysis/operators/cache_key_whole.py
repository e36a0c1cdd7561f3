"""A cache's key holds all that the value is made from."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """Every use of the key in the function becomes a tuple with the missing parameters; where the
    key was made beforehand, it is made so."""
    for finding, module, node in context.found("cache_key"):
        function = module.function_of(node)
        if function is None or not isinstance(node, ast.expr):
            continue
        key = module.code(node)
        whole = f"({key}, {finding.detail['missed'].replace(',', ', ')})"
        uses = [
            n for n in ast.walk(function.node)
            if isinstance(n, ast.expr) and isinstance(getattr(n, "ctx", ast.Load()), ast.Load)
            and module.code(n) == key and _is_key(module.parents[n], n)
        ]  # fmt: skip
        yield Draft(
            title=f"Key the cache of {function.name} by {finding.detail['missed']} too",
            why=finding.evidence,
            location=finding.location,
            files=changed(module, *(edits.swap(module, use, whole) for use in uses)),
            strength=finding.strength,
            findings=(finding.id,),
        )


def _is_key(parent: ast.AST, node: ast.expr) -> bool:
    if isinstance(parent, ast.Subscript):
        return parent.slice is node
    if isinstance(parent, ast.Compare):
        return parent.left is node and isinstance(parent.ops[0], ast.In | ast.NotIn)
    looks = {"get", "setdefault", "pop"}
    return isinstance(parent, ast.Call) and getattr(parent.func, "attr", "") in looks


OPERATOR = Operator("cache_key_whole", "missing argument", "bug_fix", 0.6, drafts)
