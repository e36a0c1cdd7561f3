"""Closes a file that was written, behind its last use."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, where
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """The statement goes below the last one of the block that uses the file."""
    for finding, module, node in context.found("left_open"):
        if not isinstance(node, ast.Assign):
            continue
        name, block = finding.detail["name"], module.body_of(node)
        users = [
            s for s in block[block.index(node) :]
            if any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(s))
        ]  # fmt: skip
        last = users[-1]
        ends = isinstance(last, ast.Return)
        place = edits.before if ends else edits.after
        yield Draft(
            f"Close `{name}` in {where(module, node)}", finding.evidence,
            location(module, last), changed(module, place(module, last, f"{name}.close()")),
            finding.strength, findings=(finding.id,),
        )  # fmt: skip


OPERATOR = Operator("close_file", "insert missing call", "bug_fix", 0.4, drafts)
