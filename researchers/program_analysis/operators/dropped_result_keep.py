"""A new value is kept where it was dropped."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(context, "dropped_result", "idle_statement")


OPERATOR = Operator("dropped_result_keep", "missing assignment", "bug_fix", 0.6, drafts)
