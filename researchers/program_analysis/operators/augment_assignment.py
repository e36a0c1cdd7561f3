"""Adds to a variable in place of setting it, and the other way round."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import each, instead, is_looped

_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.BitOr: "|", ast.BitAnd: "&"}


def drafts(context: Context) -> Iterator[Draft]:
    """`x += e` as `x = e`; `x = e` within a loop as `x += e` and as the larger or smaller."""
    for module, _, node in each(context, ast.AugAssign, ast.Assign):
        assert isinstance(node, ast.AugAssign | ast.Assign)
        target = node.target if isinstance(node, ast.AugAssign) else node.targets[0]
        name, value = module.code(target), module.code(node.value)
        for code, strength in _forms(module, node, target, name, value):
            why = "a value may be set where it should grow, or grow where it should be set"
            yield instead(module, node, "Write", code, why, strength)


def _forms(
    module: Module, node: ast.AugAssign | ast.Assign, target: ast.expr, name: str, value: str
) -> Iterator[tuple[str, float]]:
    if isinstance(node, ast.AugAssign):
        yield f"{name} = {value}", 0.5
        if isinstance(node.value, ast.Name) and isinstance(node.op, ast.Add):
            yield f"{name}.append({value})", 0.1
        return
    looped = is_looped(module, node)
    simple = isinstance(target, ast.Name | ast.Attribute | ast.Subscript)
    repeats = isinstance(target, ast.Name) and name in value
    if simple and not isinstance(node.value, ast.Tuple) and not repeats:
        factor = 1.0 if looped else 0.5
        for form, strength in (("+=", 0.7), ("-=", 0.4), ("*=", 0.2), ("|=", 0.1)):
            yield f"{name} {form} {value}", strength * factor
        if not isinstance(node.value, ast.Constant | ast.List | ast.Dict | ast.Set):
            yield f"{name} = max({name}, {value})", 0.3 * factor
            yield f"{name} = min({name}, {value})", 0.3 * factor


OPERATOR = Operator("augment_assignment", "mutate assignment", "bug_fix", 0.06, drafts, blind=True)
