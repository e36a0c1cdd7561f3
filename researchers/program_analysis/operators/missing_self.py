"""Reads an attribute of `self` for a bare name, or a bare name for the attribute."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import locals_at
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each


def drafts(context: Context) -> Iterator[Draft]:
    """Names that are attributes of the class as well."""
    for module, function, node in each(context, ast.Name, ast.Attribute):
        info = context.program.classes.get(function.owner)
        if info is None or function.is_static:
            continue
        known = {*info.fields, *info.attributes, *_methods(info.node)}
        parent = module.parents.get(node)
        if isinstance(node, ast.Name) and node.id in known:
            unknown = node.id not in locals_at(module, node)
            yield _draft(module, node, parent, f"self.{node.id}", 1.0 if unknown else 0.4)
        elif isinstance(node, ast.Attribute) and module.code(node.value) == "self":
            both = node.attr in locals_at(module, node)
            yield from [_draft(module, node, parent, node.attr, 0.35)] if both else []


def _methods(node: ast.ClassDef) -> list[str]:
    return [s.name for s in node.body if isinstance(s, ast.FunctionDef | ast.AsyncFunctionDef)]


def _draft(
    module: Module, node: ast.expr, parent: ast.AST | None, code: str, strength: float
) -> Draft:
    line = brief(module, parent or node)
    return draft(
        module, node, f"Use `{code}` for `{module.code(node)}` in `{line}`",
        "the attribute and the variable may be mixed up", strength,
        edits.swap(module, node, code),
    )  # fmt: skip


OPERATOR = Operator("missing_self", "wrong attribute", "bug_fix", 0.06, drafts, blind=True)
