"""Indexes otherwise: another end, another order of indexes, an index more or less."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import free, locals_at, readable
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import each, instead, wrapped


def drafts(context: Context) -> Iterator[Draft]:
    """Subscripts by other indexes; names that are indexed elsewhere, indexed here."""
    for module, function, node in each(context, ast.Subscript, ast.Name, ast.Attribute):
        if isinstance(node, ast.Attribute):
            forms = list(_elements(module, node))
        elif isinstance(node, ast.Name):
            forms = list(_added(module, function.node, node))
        else:
            assert isinstance(node, ast.Subscript)
            forms = [] if isinstance(node.slice, ast.Slice) else list(_forms(module, node))
        for code, strength in forms:
            yield instead(module, node, "Use", code, "another element may be meant", strength)


def _forms(module: Module, node: ast.Subscript) -> Iterator[tuple[str, float]]:
    base, index = wrapped(module, node.value), module.code(node.slice)
    inner = node.value
    for one, other in (("0", "-1"), ("-1", "0"), ("0", "1"), ("1", "0")):
        if index == one:
            yield f"{base}[{other}]", 0.5
    if isinstance(inner, ast.Subscript) and not isinstance(inner.slice, ast.Slice):
        first = module.code(inner.slice)
        if first != index:
            yield f"{wrapped(module, inner.value)}[{index}][{first}]", 0.5
    if isinstance(node.ctx, ast.Load):
        yield base, 0.2
        if isinstance(node.slice, ast.Name | ast.Constant) and isinstance(inner, ast.Name):
            yield f"{base}.get({index})", 0.1
            yield f"{base}.get({index}, 0)", 0.1
            yield f"{base}.get({index}, [])", 0.15
    if not isinstance(node.slice, ast.Name):
        for name in locals_at(module, node)[:3]:
            yield f"{base}[{name}]", 0.15


def _is_bare(module: Module, node: ast.Name | ast.Attribute) -> bool:
    """Whether it is read as a whole: not indexed, called, or asked for an attribute."""
    around = module.parents.get(node)
    return isinstance(node.ctx, ast.Load) and not isinstance(
        around, ast.Subscript | ast.Attribute | ast.Call
    )


def _elements(module: Module, node: ast.Attribute) -> Iterator[tuple[str, float]]:
    """The ways in which the module indexes the same attribute elsewhere."""
    if not _is_bare(module, node):
        return
    own, known = ast.dump(node), readable(module, node)
    codes = {
        module.code(n): abs(n.lineno - node.lineno) for n in module.nodes
        if isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Load)
        and ast.dump(n.value) == own and free(n) <= known
    }  # fmt: skip
    for code in sorted(codes, key=lambda c: codes[c])[:3]:
        yield code, 0.6


def _added(module: Module, function: ast.AST, node: ast.Name) -> Iterator[tuple[str, float]]:
    """The ways in which the function indexes the same name elsewhere."""
    if not _is_bare(module, node):
        return
    parent = module.parents.get(node)
    codes = {
        module.code(n) for n in ast.walk(function)
        if isinstance(n, ast.Subscript) and isinstance(n.value, ast.Name) and n.value.id == node.id
    }  # fmt: skip
    for code in sorted(codes)[:3]:
        yield code, 0.2
    indexes = {
        module.code(n.slice): abs(n.lineno - node.lineno) for n in ast.walk(function)
        if isinstance(n, ast.Subscript) and not isinstance(n.slice, ast.Slice)
    }  # fmt: skip
    nearest = sorted(indexes, key=lambda i: indexes[i])
    for index in nearest[:4]:
        yield f"{node.id}[{index}]", 0.15
    for index in [i for i in nearest if i.isidentifier()][:2]:
        yield f"{node.id}[{index} - 1]", 0.12
    if isinstance(parent, ast.Return | ast.Compare):
        yield f"{node.id}[0]", 0.1
        yield f"{node.id}[-1]", 0.1


OPERATOR = Operator("other_index", "wrong index", "bug_fix", 0.08, drafts, blind=True)
