"""Drops one clause of a condition, or exchanges its and and or."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each, wrapped


def drafts(context: Context) -> Iterator[Draft]:
    """Every condition of several clauses."""
    for module, _, node in each(context, ast.BoolOp):
        assert isinstance(node, ast.BoolOp)
        word = "and" if isinstance(node.op, ast.And) else "or"
        other = "or" if word == "and" else "and"
        yield draft(
            module, node, f"Use `{other}` for `{word}` in `{brief(module, node)}`",
            "the connective may be wrong", 1.0,
            edits.swap(module, node, f" {other} ".join(_part(module, v) for v in node.values)),
        )  # fmt: skip
        for dropped in node.values:
            rest = [wrapped(module, v) if isinstance(v, ast.BoolOp) else module.code(v)
                    for v in node.values if v is not dropped]  # fmt: skip
            yield draft(
                module, node, f"Drop `{brief(module, dropped)}` from `{brief(module, node)}`",
                "a condition may ask too much", 0.5,
                edits.swap(module, node, f" {word} ".join(rest)),
            )  # fmt: skip


def _part(module: Module, node: ast.expr) -> str:
    return wrapped(module, node) if isinstance(node, ast.BoolOp) else module.code(node)


OPERATOR = Operator("drop_clause", "mutate condition", "bug_fix", 0.08, drafts, blind=True)
