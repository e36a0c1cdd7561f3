"""Collections that lose order or records: sets that are iterated, maps keyed by repeated text."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, weighed, where
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import BODY, IDENTITY, says, tail
from tasks.records.change import Finding

_ORDERED_USE = {"sorted", "len", "sum", "max", "min", "any", "all", "set", "frozenset", "bool"}


def find(context: Context) -> Iterator[Finding]:
    """Sets whose order reaches a result, and dictionaries keyed by text that may repeat."""
    yield from _sets(context)
    yield from _maps(context)


def _sets(context: Context) -> Iterator[Finding]:
    for module, node in context.each(ast.For, ast.comprehension, ast.Call):
        source = node.iter if isinstance(node, ast.For | ast.comprehension) else _listed(node)
        if source is None or _order_is_moot(module, node):
            continue
        if context.kinds.of(module.function_of(source), source) == "set":
            text = (
                f"{where(module, source)} goes through the set `{module.code(source)}`, whose "
                "order changes between runs"
            )
            yield context.finding("set_order", module, source, 0.5, text)


def _listed(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) == 1:
        return node.args[0] if node.func.attr == "join" else None
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
        "list",
        "tuple",
        "enumerate",
    }:
        return node.args[0] if len(node.args) == 1 else None
    return None


def _order_is_moot(module: Module, node: ast.AST) -> bool:
    holder = module.parents.get(node)
    if isinstance(node, ast.comprehension):
        if isinstance(holder, ast.SetComp):
            return True
        holder = module.parents.get(holder) if holder else None
    return isinstance(holder, ast.Call) and getattr(holder.func, "id", "") in _ORDERED_USE


def _maps(context: Context) -> Iterator[Finding]:
    for module, node in context.each(ast.DictComp, ast.Assign):
        key = _key(node)
        if key is None:
            continue
        name, function = tail(key), module.function_of(key)
        lost = context.lost(module, node, "overwrite", "collapse")
        texts = says(name, BODY) or _record_text(context, module, key)
        if says(name, IDENTITY) or not (texts or (lost is not None and lost[0])):
            continue
        strength, told = weighed(0.55 if texts else 0.35, lost)
        text = (
            f"{where(module, key)} keys a map by `{module.code(key)}`: records of equal "
            f"{'text' if texts else 'keys'} collapse into one{told}"
        )
        kind = context.kinds.of(function, getattr(key, "value", None))
        yield context.finding("map_collapse", module, key, strength, text, {"record": kind})


def _key(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.DictComp):
        return node.key
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        return node.targets[0].slice
    return None


def _record_text(context: Context, module: Module, key: ast.expr) -> bool:
    return (
        isinstance(key, ast.Attribute)
        and context.kinds.of(module.function_of(key), key) == "str"
        and says(key.attr, BODY | {"name", "title"})
    )
