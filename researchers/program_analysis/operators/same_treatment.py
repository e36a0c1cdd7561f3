"""Gives one side of a pipeline the treatment that the other side has."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import (
    Context,
    changed,
    location,
    shorten,
    where,
)
from researchers.program_analysis.detectors.asymmetry import HOLE
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.imports import import_of
from researchers.program_analysis.names import root


def drafts(context: Context) -> Iterator[Draft]:
    """The richer chain of calls goes round the poorer side's own text."""
    for finding, module, node in context.found("asymmetric_text"):
        code = finding.detail["template"].replace(HOLE, finding.detail["base"])
        name = root(ast.parse(code, mode="eval").body)
        files = changed(module, edits.swap(module, node, code))
        home = finding.detail["from"]
        if name in context.program.named:
            wanted = import_of(context.program, module, home, name)
            files = files.importing(module.path, wanted)
        yield Draft(
            f"Prepare text alike: `{shorten(code, 40)}` for `{shorten(module.code(node), 40)}` "
            f"in {where(module, node)}",
            finding.evidence, location(module, node), files, finding.strength, 1.2, (finding.id,),
        )  # fmt: skip


OPERATOR = Operator("same_treatment", "copy from sibling call site", "bug_fix", 0.5, drafts)
