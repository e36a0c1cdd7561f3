"""Leaves out an argument of a call."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.sites import brief, draft, each


def drafts(context: Context) -> Iterator[Draft]:
    """The last positional argument, the first of several, and each keyword."""
    for module, _, node in each(context, ast.Call):
        assert isinstance(node, ast.Call)
        parts = [module.code(a) for a in node.args]
        words = [f"{k.arg}={module.code(k.value)}" if k.arg else f"**{module.code(k.value)}"
                 for k in node.keywords]  # fmt: skip
        every = [*parts, *words]
        for i in range(len(every)):
            middle = 0 < i < len(parts) - 1
            if len(every) > 1 and not middle:
                rest = ", ".join([*every[:i], *every[i + 1 :]])
                yield draft(
                    module, node, f"Leave out `{every[i]}` in `{brief(module, node)}`",
                    "an argument may be too many", 0.4 if i >= len(parts) else 0.25,
                    edits.swap(module, node, f"{module.code(node.func)}({rest})"),
                )  # fmt: skip


OPERATOR = Operator("extra_argument", "drop argument", "bug_fix", 0.03, drafts, blind=True)
