"""Compares by another relation than the neighbouring one, or by the sides exchanged."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.sites import brief, draft, each, wrapped

_ORDER = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_NEAR = {"<": "<= >", "<=": "< >=", ">": ">= <", ">=": "> <=", "==": "!=", "!=": "=="}
_WORDS = {
    ast.Eq: ("is", "in"), ast.Is: ("==",), ast.NotEq: ("is not", "not in"), ast.IsNot: ("!=",),
    ast.In: ("==",), ast.NotIn: ("!=",),
}  # fmt: skip


def drafts(context: Context) -> Iterator[Draft]:
    """Every single comparison with the relations that `mutate_comparison` leaves out."""
    for module, _, node in each(context, ast.Compare):
        assert isinstance(node, ast.Compare)
        if len(node.ops) != 1:
            continue
        left, right = wrapped(module, node.left), wrapped(module, node.comparators[0])
        for form, strength in _forms(type(node.ops[0])):
            yield draft(
                module, node, f"Compare by `{form}` in `{brief(module, node)}`",
                "the relation may be another", strength,
                edits.swap(module, node, f"{left} {form} {right}"),
            )  # fmt: skip


def _forms(old: type[ast.cmpop]) -> Iterator[tuple[str, float]]:
    now = _ORDER.get(old, "")
    for form in _ORDER.values() if now else ():
        if form != now and form not in _NEAR[now].split():
            yield form, 0.5
    for word in _WORDS.get(old, ()):
        yield word, 0.25


OPERATOR = Operator(
    "other_comparison", "mutate comparison operator", "bug_fix", 0.06, drafts, blind=True
)
