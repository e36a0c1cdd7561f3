"""Calls the constructor of the base class, which a derived one replaces."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.names import tail
from researchers.program_analysis.program import Program
from researchers.program_analysis.sites import draft, focused


def drafts(context: Context) -> Iterator[Draft]:
    """Constructors beside one of a base, with the arguments of the same names passed on."""
    for module, function in focused(context):
        info = context.program.classes.get(function.owner)
        if info is None or function.node.name != "__init__":
            continue
        calls = {tail(n.func) for n in ast.walk(function.node) if isinstance(n, ast.Call)}
        bases = [tail(base) for base in info.node.bases]
        wanted = next((w for b in bases if (w := _wanted(context.program, b)) is not None), None)
        if "super" in calls or "__init__" in calls or wanted is None:
            continue
        passed = ", ".join(f"{name}={name}" for name in wanted if name in function.parameters)
        code = f"super().__init__({passed})"
        first = edits.first_body_line(function.node)
        yield draft(
            module, first, f"Begin with `{code}`", "the base may never be set up", 0.8,
            edits.before(module, first, code),
        )  # fmt: skip


def _wanted(program: Program, base: str) -> tuple[str, ...] | None:
    """The parameters of a base's own constructor; None where it has none."""
    known = [f for f in program.functions.values() if f.name == f"{base}.__init__"]
    return known[0].parameters if known else None


OPERATOR = Operator("missing_super", "insert missing call", "bug_fix", 0.2, drafts, blind=True)
