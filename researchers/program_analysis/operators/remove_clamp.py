"""Lets values pass that a clamp flattens."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """`max(0, x)` becomes `x`; a clamping `if` goes."""
    for finding, module, node in context.found("clamp"):
        edit = (
            edits.remove(module, node) if isinstance(node, ast.stmt)
            else edits.swap(module, node, finding.detail["value"])
        )  # fmt: skip
        yield Draft(
            f"Remove the clamp `{shorten(module.code(node), 40)}` in {where(module, node)}",
            finding.evidence, location(module, node), changed(module, edit),
            finding.strength, findings=(finding.id,),
        )  # fmt: skip


OPERATOR = Operator("remove_clamp", "remove statement or wrapper", "bug_fix", 0.4, drafts)
