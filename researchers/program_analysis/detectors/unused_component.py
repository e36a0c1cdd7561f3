"""Functions that nothing calls though a call site fits them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.module import Function
from researchers.program_analysis.program import is_test
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """Plain functions and methods whose name is mentioned nowhere outside tests."""
    mentioned: set[str] = set()
    exported: set[str] = set()
    for module in context.program.modules:
        if is_test(module.path):
            continue
        for node in module.nodes:
            if isinstance(node, ast.Name | ast.Attribute):
                mentioned.add(node.id if isinstance(node, ast.Name) else node.attr)
            elif isinstance(node, ast.alias):
                exported.add(node.name)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                mentioned.update(node.value.replace(":", " ").replace(".", " ").split()[:8])
    for module, function in context.functions():
        if function.node.name in mentioned or not _is_component(function):
            continue
        text = f"nothing calls {function.name} ({module.path})"
        offered = function.node.name in exported or _is_offered(function)
        strength = 0.3 if offered else 0.6
        yield context.finding("unused_component", module, function.node, strength, text)


def _is_offered(function: Function) -> bool:
    """A public method of a public class may be there for callers outside."""
    return bool(function.owner) and not function.name.startswith("_") and "._" not in function.name


def _is_component(function: Function) -> bool:
    name = function.node.name
    entry = name.startswith("__") or name in {"main", "run", "cli", "setup", "close"}
    return not entry and not function.node.decorator_list and not is_test(function.path)
