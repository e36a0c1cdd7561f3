"""Declares a variable of an outer function or of the module as such before it is set."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.ingredients import globals_of, locals_at
from researchers.program_analysis.sites import draft, focused


def drafts(context: Context) -> Iterator[Draft]:
    """Functions that set a name which an outer function or the module holds."""
    for module, function in focused(context):
        first = edits.first_body_line(function.node)
        stored = {n.id for n in ast.walk(function.node)
                  if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}  # fmt: skip
        outer = set(locals_at(module, function.node)) if "." in function.name else set()
        for names, word in ((outer, "nonlocal"), (set(globals_of(module)), "global")):
            for name in sorted((stored & names) - set(function.parameters)):
                yield draft(
                    module, first, f"Declare `{word} {name}`",
                    "a variable from outside is set as if it were local", 0.8,
                    edits.before(module, first, f"{word} {name}"),
                )  # fmt: skip


OPERATOR = Operator("outer_variable", "missing declaration", "bug_fix", 0.08, drafts, blind=True)
