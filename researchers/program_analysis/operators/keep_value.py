"""Keeps a value that another one takes the place of, before anything or only little has read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.module import Module
from researchers.program_analysis.sites import brief, draft, each


def drafts(context: Context) -> Iterator[Draft]:
    """Assignments behind another one of the same name, or field, in the same block."""
    for module, _, node in each(context, ast.Assign):
        assert isinstance(node, ast.Assign)
        doubt = _doubt(module, node)
        if doubt:
            yield draft(
                module, node, f"Remove `{brief(module, node)}`", "the value before it is lost",
                doubt, edits.remove(module, node),
            )  # fmt: skip


def _doubt(module: Module, node: ast.Assign) -> float:
    """How much speaks for a value that takes the place of one in the same block, read or unread."""
    target = _place(node.targets[0])
    block = module.body_of(node)
    if not target or any(_place(n) == target for n in ast.walk(node.value)):
        return 0.0
    worth = 0.9
    for statement in reversed(block[: block.index(node)]):
        met = [n for n in ast.walk(statement) if _place(n) == target]
        if any(isinstance(getattr(n, "ctx", None), ast.Store) for n in met):
            return worth if isinstance(statement, ast.Assign) else 0.2
        worth = 0.3 if met else worth
    return 0.0


def _place(node: ast.AST) -> str:
    """A name, or a field of one; empty for all else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return ""


OPERATOR = Operator("keep_value", "remove statement", "bug_fix", 0.2, drafts, blind=True)
