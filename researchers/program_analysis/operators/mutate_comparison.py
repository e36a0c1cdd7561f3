"""Moves a boundary: strict and non-strict, and the direction of comparisons."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator

_FORMS = {
    ast.Lt: ("<=", ">"),
    ast.LtE: ("<", ">="),
    ast.Gt: (">=", "<"),
    ast.GtE: (">", "<="),
    ast.Eq: ("!=",),
    ast.NotEq: ("==",),
    ast.In: ("not in",),
    ast.NotIn: ("in",),
    ast.Is: ("is not",),
    ast.IsNot: ("is",),
}


def drafts(context: Context) -> Iterator[Draft]:
    """Every comparison in functions, the neighbouring operator first."""
    for module, node in context.each(ast.Compare):
        assert isinstance(node, ast.Compare)
        if len(node.ops) != 1 or module.function_of(node) is None:
            continue
        gap = module.span(node.left)[1], module.span(node.comparators[0])[0]
        between = module.text[slice(*gap)]
        if between.count("(") or between.count(")"):
            continue
        for i, form in enumerate(_FORMS[type(node.ops[0])]):
            orders = len(_FORMS[type(node.ops[0])]) == 2
            yield Draft(
                f"Compare by `{form}` in `{shorten(module.code(node), 50)}` in "
                f"{where(module, node)}",
                "a boundary may be wrong",
                location(module, node),
                changed(module, (*gap, f" {form} ")),
                (0.3 if orders and not i else 0.18),
            )


OPERATOR = Operator("mutate_comparison", "mutate comparison operator", "bug_fix", 0.2, drafts)
