"""Moves a boundary: strict and non-strict, and the direction of comparisons."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
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

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


def drafts(context: Context) -> Iterator[Draft]:
    """Every comparison in functions, links of a chain too, the neighbouring operator first."""
    for module, node in context.each(ast.Compare):
        assert isinstance(node, ast.Compare)
        function = module.function_of(node)
        if function is None:
            continue
        told = (ast.get_docstring(function.node) or "").lower()
        for link, old in enumerate(node.ops):
            for rank, form in enumerate(_FORMS[type(old)]):
                why, strength = _evidence(old, form, rank, told)
                yield Draft(
                    f"Compare by `{form}` for `{_SIGNS[type(old)]}` in "
                    f"`{shorten(module.code(node), 50)}` in {where(module, node)}",
                    why,
                    location(module, node),
                    changed(module, edits.operator(module, node, form, link)),
                    strength,
                )


def _evidence(old: ast.cmpop, form: str, rank: int, told: str) -> tuple[str, float]:
    """Why, and how strongly: what the docstring says of the ends counts most."""
    strict = isinstance(old, ast.Lt | ast.Gt)
    if strict and form in {"<=", ">="} and "inclu" in told:
        return "its docstring says that an end is included, the comparison leaves it out", 0.9
    if isinstance(old, ast.LtE | ast.GtE) and form in {"<", ">"} and "exclu" in told:
        return "its docstring says that an end is excluded, the comparison takes it in", 0.9
    orders = len(_FORMS[type(old)]) == 2
    return "a boundary may be wrong", 0.3 if orders and not rank else 0.18


OPERATOR = Operator(
    "mutate_comparison", "mutate comparison operator", "bug_fix", 0.2, drafts, blind=True
)
