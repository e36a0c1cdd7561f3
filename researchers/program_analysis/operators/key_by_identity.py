"""Keys a map by what identifies a record, so that equal texts do not collapse."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import IDENTITY, says, tail


def drafts(context: Context) -> Iterator[Draft]:
    """The text key becomes the record's identity, at its making and where the same key is read."""
    for finding, module, node in context.found("map_collapse"):
        holder = _holder(node)
        if holder is None:
            continue
        for replacement in _identities(context, module, finding.detail["record"]):
            sites = _coupled(module, node)
            keys = [
                edits.swap(module, s, replacement(module.code(_holder(s) or holder))) for s in sites
            ]
            yield Draft(
                f"Key the map in {where(module, node)} by {replacement('record')} instead of its "
                "text",
                finding.evidence, location(module, node), changed(module, *keys),
                finding.strength, findings=(finding.id,),
            )  # fmt: skip


def _holder(node: ast.AST) -> ast.expr | None:
    """The record whose text the key is, through wrapping calls such as `text.lower()`."""
    while isinstance(node, ast.Call):
        node = node.func.value if isinstance(node.func, ast.Attribute) else node.args[0]
    if isinstance(node, ast.Attribute | ast.Subscript):
        return node.value
    return None


def _identities(context: Context, module: Module, kind: str) -> Iterator[Callable[[str], str]]:
    info = context.program.classes.get(kind)
    spelled = {
        tail(n) for n in module.nodes
        if isinstance(n, ast.Attribute | ast.Subscript) and says(tail(n), IDENTITY)
    }  # fmt: skip
    fields = [f for f in (info.fields if info else spelled) if says(f, IDENTITY)]
    form = "{}.%s" if info is not None else '{}["%s"]'
    for field in sorted(fields)[:2]:
        yield (form % field).format
    if not fields:
        yield "id({})".format


def _coupled(module: Module, node: ast.AST) -> list[ast.AST]:
    """All reads of the same key expression inside subscripts of the function."""
    function, wanted = module.function_of(node), module.code(node)
    found = [node]
    for inner in ast.walk(function.node) if function else []:
        if inner is node or not isinstance(inner, ast.expr) or module.code(inner) != wanted:
            continue
        parent = module.parents.get(inner)
        table = isinstance(parent, ast.Subscript) and parent.slice is inner
        method = parent.func if isinstance(parent, ast.Call) else None
        looked = isinstance(method, ast.Attribute) and method.attr in {"get", "setdefault", "add"}
        tested = isinstance(parent, ast.Compare) and parent.left is inner
        if table or looked or tested:
            found.append(inner)
    return found


OPERATOR = Operator("key_by_identity", "mutate key expression", "bug_fix", 0.35, drafts)
