"""How the target reads its settings, and how the same would be written for another key."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import tail


def setting_codes(context: Context, module: Module, node: ast.AST, name: str) -> Iterator[str]:
    """Expressions for the setting `name` that are valid at a node, by how its siblings are read."""
    settings = [s for s in context.program.settings if s.leaf == name]
    for setting in settings:
        siblings = {
            s.leaf
            for s in context.program.settings
            if s.section == setting.section and s.path == setting.path
        }
        yield from dict.fromkeys(_like_siblings(context, module, node, siblings - {name}, name))


def _like_siblings(
    context: Context, module: Module, node: ast.AST, siblings: set[str], name: str
) -> Iterator[str]:
    function = module.function_of(node)
    known = {v.code for v in context.values(module, node)} | _module_names(module)
    for inner in module.nodes:
        if tail(inner) not in siblings or not isinstance(
            inner, ast.Subscript | ast.Call | ast.Attribute
        ):
            continue
        holder = inner.func if isinstance(inner, ast.Call) else inner
        base = getattr(holder, "value", None)
        if base is None or isinstance(getattr(inner, "ctx", None), ast.Store):
            continue
        code = module.code(base)
        if code not in known and not (code.startswith("self.") and function and function.owner):
            continue
        if isinstance(inner, ast.Subscript):
            yield f'{code}["{name}"]'
        elif isinstance(inner, ast.Call) and getattr(holder, "attr", "") == "get":
            yield f'{code}.get("{name}")'
        elif isinstance(inner, ast.Attribute):
            yield f"{code}.{name}"


def _module_names(module: Module) -> set[str]:
    return {
        t.id for s in module.tree.body if isinstance(s, ast.Assign) for t in s.targets
        if isinstance(t, ast.Name)
    }  # fmt: skip
