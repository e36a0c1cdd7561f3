"""A call passes what its siblings pass."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(context, "sibling_argument")


OPERATOR = Operator("sibling_argument_pass", "missing argument", "bug_fix", 0.45, drafts)
