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
    """Assignments behind another one of the same name in the same block."""
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
    target = node.targets[0]
    block = module.body_of(node)
    if not isinstance(target, ast.Name) or any(
        isinstance(n, ast.Name) and n.id == target.id for n in ast.walk(node.value)
    ):
        return 0.0
    worth = 0.9
    for statement in reversed(block[: block.index(node)]):
        names = [n for n in ast.walk(statement) if isinstance(n, ast.Name) and n.id == target.id]
        if any(isinstance(n.ctx, ast.Store) for n in names):
            return worth if isinstance(statement, ast.Assign) else 0.2
        worth = 0.3 if names else worth
    return 0.0


OPERATOR = Operator("keep_value", "remove statement", "bug_fix", 0.2, drafts, blind=True)
