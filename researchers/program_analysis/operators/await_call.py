"""Waits for a coroutine that a call only makes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.names import called
from researchers.program_analysis.sites import brief, draft, each


def drafts(context: Context) -> Iterator[Draft]:
    """Calls of the target's coroutines within coroutines, without `await`."""
    coroutines = {
        f.node.name for _, f in context.functions() if isinstance(f.node, ast.AsyncFunctionDef)
    }  # fmt: skip
    for module, function, node in each(context, ast.Call):
        inside = isinstance(function.node, ast.AsyncFunctionDef)
        waits = isinstance(module.parents.get(node), ast.Await)
        if inside and not waits and (called(node) in coroutines or called(node) == "sleep"):
            yield draft(
                module, node, f"Await `{brief(module, node)}`", "a coroutine is never waited for",
                0.9, edits.swap(module, node, f"await {module.code(node)}"),
            )  # fmt: skip


OPERATOR = Operator("await_call", "insert missing call", "bug_fix", 0.2, drafts, blind=True)
