"""Strips the words around the answer from a template that wraps every answer in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location
from researchers.program_analysis.detectors.output_text import PLACEHOLDER
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """The template reduced to its placeholder, in a file or in a literal."""
    for finding in context.findings:
        path = finding.location.path
        body = context.program.templates.get(path)
        if finding.kind == "wordy_template" and body is not None:
            bare = PLACEHOLDER.findall(body)[0] + ("\n" if body.endswith("\n") else "")
            yield Draft(
                f"Answer with nothing around it: `{bare.strip()}` in {path}", finding.evidence,
                finding.location, {path: bare}, finding.strength, 1.2, (finding.id,),
            )  # fmt: skip
    for finding, module, node in context.found("wordy_template"):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            bare = PLACEHOLDER.findall(node.value)[0]
            yield Draft(
                f"Answer with nothing around it: `{bare}` in {module.path}", finding.evidence,
                location(module, node), changed(module, edits.swap(module, node, repr(bare))),
                finding.strength, 1.2, (finding.id,),
            )  # fmt: skip


OPERATOR = Operator("bare_answer", "output format", "format_alignment", 0.8, drafts)
