"""Writes the elements of a list where its bracketed form was written."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """Joined, or the first element; for a comparison of text, the joined form is tried first."""
    for finding, module, node in context.found("stringified"):
        code = module.code(node)
        parent = module.parents.get(node)
        place = parent if isinstance(parent, ast.Call) else node
        quote = "'" if isinstance(parent, ast.FormattedValue) else '"'
        for form in (
            f"{quote} {quote}.join(str(v) for v in {code})",
            f"{quote},{quote}.join(str(v) for v in {code})",
            f"{code}[0]",
        ):
            yield Draft(
                f"Write the elements of `{code}` as `{form}` in {where(module, node)}",
                finding.evidence,
                location(module, node),
                changed(module, edits.swap(module, place, form)),
                finding.strength * (0.8 if form.endswith("[0]") else 1),
                findings=(finding.id,),
            )


OPERATOR = Operator("join_elements", "type conversion", "bug_fix", 0.4, drafts)
