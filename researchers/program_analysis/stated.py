"""Drafts for findings that state what should stand in their place."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis import edits
from researchers.program_analysis.context import Context, changed, shorten
from researchers.program_analysis.draft import Draft


def stated(context: Context, *kinds: str) -> Iterator[Draft]:
    """One draft for every detail `mend`, `mend 2` of the findings: the node becomes that code."""
    for finding, module, node in context.found(*kinds):
        for name, code in sorted(finding.detail.items()):
            if name.partition(" ")[0] == "mend":
                yield Draft(
                    title=f"Write `{shorten(code)}` for `{shorten(module.code(node))}`",
                    why=finding.evidence,
                    location=finding.location,
                    files=changed(module, edits.swap(module, node, code)),
                    strength=finding.strength,
                    findings=(finding.id,),
                )
