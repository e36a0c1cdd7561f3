"""Tells an absent value from a falsy one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """`x or d` becomes `x if x is not None else d`."""
    for finding, module, node in context.found("falsy_default"):
        assert isinstance(node, ast.BoolOp)
        value, default = (module.code(v) for v in node.values)
        code = f"{value} if {value} is not None else {default}"
        yield Draft(
            f"Use `{default}` only where `{value}` is None in {where(module, node)}",
            finding.evidence,
            location(module, node),
            changed(module, edits.swap(module, node, code)),
            finding.strength,
            findings=(finding.id,),
        )


OPERATOR = Operator("none_default", "null check", "bug_fix", 0.3, drafts)
