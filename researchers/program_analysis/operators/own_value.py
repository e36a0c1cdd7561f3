"""Takes the value of the element at hand in place of the first one's."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """One draft a use and loop variable."""
    for finding, module, node in context.found("first_for_each"):
        if isinstance(node, ast.Name):
            code = finding.detail["code"]
            yield Draft(
                f"Use each element's own `{code}` for `{node.id}` in {where(module, node)}",
                finding.evidence, location(module, node),
                changed(module, edits.swap(module, node, code)),
                finding.strength, 1.1, (finding.id,),
            )  # fmt: skip


OPERATOR = Operator("own_value", "wrong variable", "bug_fix", 0.6, drafts)
