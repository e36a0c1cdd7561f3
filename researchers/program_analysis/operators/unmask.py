"""Keeps the entries that a mask wipes out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """`np.where(condition, x, 0)` becomes `x`."""
    for finding, module, node in context.found("mask"):
        assert isinstance(node, ast.Call)
        value = finding.detail["value"]
        yield Draft(
            f"Keep all of `{shorten(value, 30)}` in {where(module, node)}",
            finding.evidence, location(module, node),
            changed(module, edits.swap(module, node, value)),
            finding.strength, 1.1, (finding.id,),
        )  # fmt: skip


OPERATOR = Operator("unmask", "remove wrong guard", "architecture", 0.45, drafts)
