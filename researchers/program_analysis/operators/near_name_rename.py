"""A copied statement is renamed to the end, and a loop reads its own variable."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(context, "unrenamed_copy", "unread_loop_variable")


OPERATOR = Operator("near_name_rename", "wrong variable", "bug_fix", 0.6, drafts)
