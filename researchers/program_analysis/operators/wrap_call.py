"""Puts a value through a call: conversion, order, copy, size, or the target's own."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free, readable
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each, wrapped

_BY_KIND = {
    "str": "int({}) {}.lower() {}.strip() float({}) {}.split() list({}) len({}) {}.upper()",
    "list": "sorted({}) reversed({}) list({}) set({}) len({}) {}.copy() tuple({}) sum({})",
    "int": "str({}) abs({}) float({}) range({})", "float": "int({}) round({}) abs({}) str({})",
    "number": "int({}) round({}) abs({}) float({})", "set": "sorted({}) list({}) len({}) {}.copy()",
    "dict": "dict({}) {}.copy() {}.items() {}.values() list({}) sorted({}) len({})",
    "iterator": "list({}) sorted({}) set({})", "tuple": "list({}) sorted({}) set({}) len({})",
    "range": "reversed({}) list({})", "bool": "int({})", "file": "{}.read()",
    "": "len({}) int({}) sorted({}) reversed({}) list({}) str({}) {}.lower() {}.strip() abs({}) "
        "set({}) {}.items() {}.values() float({}) {}.copy() tuple({})",
}  # fmt: skip
LIMIT = 12


def drafts(context: Context) -> Iterator[Draft]:
    """Names, attributes, subscripts and calls that are handed on, compared or returned."""
    for module, function, node in each(context, ast.Name, ast.Attribute, ast.Subscript, ast.Call):
        assert isinstance(node, ast.expr)
        weight = _weight(module, node)
        if not weight or isinstance(getattr(node, "ctx", None), ast.Store):
            continue
        kind = context.kinds.of(function, node).split("[")[0]
        forms = [*_own(module, node), *_BY_KIND.get(kind, "list({}) str({})").split()][:LIMIT]
        code = wrapped(module, node)
        for rank, form in enumerate(forms):
            yield draft(
                module, node,
                f"Put `{brief(module, node)}` through `{form.format('…')}` in "
                f"`{brief(module, module.parents.get(node, node))}`",
                "a call may be missing", weight * 0.88**rank,
                edits.swap(module, node, form.format(code)),
            )  # fmt: skip


def _own(module: Module, node: ast.expr) -> list[str]:
    """Calls of one argument around an expression of the same name elsewhere in the module."""
    known, text = readable(module, node), ast.dump(node)
    found: dict[str, None] = {}
    for other in module.nodes:
        if not isinstance(other, ast.Call) or other is module.parents.get(node):
            continue
        one = other.args[0] if len(other.args) == 1 and not other.keywords else None
        if one is not None and ast.dump(one) == text and free(other.func) <= known:
            found[f"{module.code(other.func)}({{}})"] = None
        elif isinstance(other.func, ast.Attribute) and not other.args and not other.keywords:
            same = ast.dump(other.func.value) == text
            found.update({f"{{}}.{other.func.attr}()": None} if same else {})
    found |= dict.fromkeys(_methods(module, node))
    single = [f.node.name for f in module.functions if len(f.parameters) == 1 and not f.owner]
    home = module.function_of(node)
    for name in (n for n in single if home is None or n != home.node.name):
        found[f"{name}({{}})"] = None
    return [form for form in found if " " not in form and form.count("{") == 1]


def _methods(module: Module, node: ast.expr) -> list[str]:
    """Calls of the own object's methods that take nothing, those that nothing calls first."""
    home = module.function_of(node)
    if not isinstance(node, ast.Name) or node.id != "self" or home is None:
        return []
    used = {n.attr for n in module.nodes if isinstance(n, ast.Attribute)}
    own = [f.node.name for f in module.functions if f.owner == home.owner and f is not home
           and not (f.parameters or f.is_static or f.node.name.startswith("__"))]  # fmt: skip
    return [f"{{}}.{name}()" for name in sorted(own, key=lambda n: n in used)]


def _weight(module: Module, node: ast.expr) -> float:
    parent = module.parents.get(node)
    if isinstance(parent, ast.Attribute | ast.Expr | ast.Starred | ast.keyword):
        return 0.0
    if isinstance(parent, ast.Call):
        return 0.0 if parent.func is node else 0.4
    if isinstance(parent, ast.Assign) and ast.unparse(parent.targets[0]) == ast.unparse(node):
        return 1.0  # as it is, it does nothing
    if isinstance(parent, ast.For | ast.comprehension):
        return 0.6 if parent.iter is node else 0.0
    if isinstance(parent, ast.Subscript):
        return 0.35 if parent.slice is node else 0.15
    if isinstance(parent, ast.Assign | ast.Return | ast.AugAssign):
        return 0.5
    return 0.3 if isinstance(parent, ast.expr) else 0.15


OPERATOR = Operator("wrap_call", "insert missing call", "bug_fix", 0.1, drafts, blind=True)
