"""The earlier end is taken from the later one."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(context, "reversed_difference")


OPERATOR = Operator("reversed_difference_turned", "swap operands", "bug_fix", 0.5, drafts)
