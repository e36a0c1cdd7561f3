"""Sets an attribute in the constructor of the class that reads it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.sites import draft


def drafts(context: Context) -> Iterator[Draft]:
    """The statement goes first, where nothing has read the attribute yet."""
    for finding, module, node in context.found("unset_attribute"):
        if not isinstance(node, ast.FunctionDef):
            continue
        code, first = finding.detail["mend"], edits.first_body_line(node)
        made = draft(
            module, first, f"Begin with `{code}`", finding.evidence, finding.strength,
            edits.before(module, first, code),
        )  # fmt: skip
        yield replace(made, findings=(finding.id,))


OPERATOR = Operator("attribute_set", "insert missing statement", "bug_fix", 0.6, drafts)
