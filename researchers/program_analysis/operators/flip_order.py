"""Turns an ordering round."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.names import called

_OPPOSITE = {"max": "min", "min": "max", "nlargest": "nsmallest", "nsmallest": "nlargest"}


def drafts(context: Context) -> Iterator[Draft]:
    """Flips `reverse`, a key's sign, or `max` and `min`."""
    for finding, module, node in context.found("sort_direction"):
        assert isinstance(node, ast.Call)
        yield Draft(
            f"Turn the order of `{shorten(module.code(node), 50)}` round in "
            f"{where(module, node)}",
            finding.evidence, location(module, node), changed(module, _flipped(module, node)),
            finding.strength, effect=1.2, findings=(finding.id,),
        )  # fmt: skip


def _flipped(module: Module, node: ast.Call) -> edits.Edit:
    name = called(node)
    if name in _OPPOSITE:
        return edits.swap(
            module, node.func, module.code(node.func).removesuffix(name) + _OPPOSITE[name]
        )
    reverse = next((k for k in node.keywords if k.arg == "reverse"), None)
    if reverse is not None:
        if not isinstance(reverse.value, ast.Constant):
            return edits.wrap(module, reverse.value, "not {}")
        return edits.swap(module, reverse.value, str(not reverse.value.value))
    key = next((k.value for k in node.keywords if k.arg == "key"), None)
    if isinstance(key, ast.Lambda):
        body = key.body.elts[0] if isinstance(key.body, ast.Tuple) and key.body.elts else key.body
        if isinstance(body, ast.UnaryOp) and isinstance(body.op, ast.USub):
            return edits.swap(module, body, module.code(body.operand))
        if isinstance(key.body, ast.Tuple):
            return edits.wrap(module, body, "-{}")
    if name == "argsort":
        return edits.wrap(module, node, "{}[::-1]")
    return edits.argument(module, node, "reverse", "True")


OPERATOR = Operator("flip_order", "mutate direction", "bug_fix", 0.3, drafts)
