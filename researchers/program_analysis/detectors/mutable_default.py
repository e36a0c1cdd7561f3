"""Defaults that are shared between calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.names import called
from tasks.records.change import Finding


def find(context: Context) -> Iterator[Finding]:
    """Parameters whose default is a list, a dict or a set."""
    for module, function in context.functions():
        for name, default in function.defaults.items():
            made = called(default) in {"list", "dict", "set", "defaultdict", "Counter", "deque"}
            if isinstance(default, ast.List | ast.Dict | ast.Set) or made:
                grows = _grows(function.node, name)
                text = (
                    f"{function.name} ({module.path}) shares the default of `{name}` between calls"
                )
                yield context.finding(
                    "mutable_default", module, default, 0.75 if grows else 0.3, text, {"name": name}
                )


def _grows(node: ast.AST, name: str) -> bool:
    methods = {"append", "extend", "add", "update", "setdefault", "insert", "pop"}
    return any(
        (isinstance(n, ast.Attribute) and n.attr in methods and getattr(n.value, "id", "") == name)
        or (
            isinstance(n, ast.Subscript)
            and isinstance(n.ctx, ast.Store)
            and getattr(n.value, "id", "") == name
        )
        for n in ast.walk(node)
    )
