"""Puts crossed arguments back in their parameters' order."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, location, shorten, where
from researchers.program_analysis.draft import Draft, Operator


def drafts(context: Context) -> Iterator[Draft]:
    """Exchanges the two arguments."""
    for finding, module, node in context.found("crossed_arguments"):
        assert isinstance(node, ast.Call)
        one, other = (node.args[int(finding.detail[k])] for k in ("first", "second"))
        yield Draft(
            f"Exchange arguments of `{shorten(module.code(node), 50)}` in {where(module, node)}",
            finding.evidence,
            location(module, node),
            changed(
                module,
                edits.swap(module, one, module.code(other)),
                edits.swap(module, other, module.code(one)),
            ),
            finding.strength,
            findings=(finding.id,),
        )


OPERATOR = Operator("uncross_arguments", "swap arguments", "bug_fix", 0.7, drafts)
