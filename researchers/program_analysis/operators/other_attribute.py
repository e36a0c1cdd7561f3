"""Reads or calls another attribute: of the same class, or used on the same variable."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Function, Module
from researchers.program_analysis.names import words
from researchers.program_analysis.sites import draft, each

LIMIT = 6


def drafts(context: Context) -> Iterator[Draft]:
    """Attributes that the program defines, with the others that the same owner has."""
    for module, function, node in each(context, ast.Attribute):
        assert isinstance(node, ast.Attribute)
        parent = module.parents.get(node)
        called = isinstance(parent, ast.Call) and parent.func is node
        others = [n for n in _others(context, module, function, node, called) if n != node.attr]
        others.sort(key=lambda n: -len(words(n) & words(node.attr)))
        for rank, name in enumerate(dict.fromkeys(others[: LIMIT * 2])):
            if rank < LIMIT:
                code = f"{module.code(node.value)}.{name}"
                yield draft(
                    module, node, f"Use `{code}` for `{module.code(node)}`",
                    "another attribute may be meant", 0.6 * 0.85**rank,
                    edits.swap(module, node, code),
                )  # fmt: skip


def _others(
    context: Context, module: Module, function: Function, node: ast.Attribute, called: bool
) -> list[str]:
    owner = context.kinds.of(function, node.value)
    if isinstance(node.value, ast.Name) and node.value.id == "self":
        owner = function.owner or function.name.split(".")[0]
    classes = context.program.classes
    holders = [
        c for c in classes.values() if node.attr in {*c.fields, *c.attributes, *_methods(c.node)}
    ]
    infos = [classes[owner]] if owner in classes else holders
    if called:
        return [name for info in infos for name in _methods(info.node) if name != "__init__"]
    return [name for info in infos for name in (*info.fields, *info.attributes)]


def _methods(node: ast.ClassDef) -> list[str]:
    return [s.name for s in node.body if isinstance(s, ast.FunctionDef | ast.AsyncFunctionDef)]


OPERATOR = Operator("other_attribute", "wrong attribute", "bug_fix", 0.12, drafts, blind=True)
