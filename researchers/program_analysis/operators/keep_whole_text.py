"""Stores whole texts: drops a truncation, reads the full field instead of the short one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """`x[:n]` and `x.split(". ")[0]` become `x`; `.summary` the field with the full text."""
    for finding, module, node in context.found("truncated_text", "short_form", "first_part"):
        if finding.kind == "first_part":
            code = finding.detail["whole"]
        elif isinstance(node, ast.Subscript) and finding.kind == "truncated_text":
            code = module.code(node.value)
        else:
            name, full = finding.detail["name"], finding.detail["full"]
            code = full.join(module.code(node).rsplit(name, 1))
        yield Draft(
            f"Keep the whole text: `{code}` for `{shorten(module.code(node), 40)}` in "
            f"{where(module, node)}",
            finding.evidence, location(module, node),
            changed(module, edits.swap(module, node, code)),
            finding.strength, findings=(finding.id,),
        )  # fmt: skip


OPERATOR = Operator("keep_whole_text", "remove cut", "data_repair", 0.4, drafts)
