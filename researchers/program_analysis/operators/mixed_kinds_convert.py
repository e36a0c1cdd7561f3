"""Text is read as a number before it is compared with one."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(context, "mixed_kinds")


OPERATOR = Operator("mixed_kinds_convert", "type conversion", "bug_fix", 0.5, drafts)
