"""What was only named is called, awaited, or cut off as a word."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(context, "not_called", "unawaited", "strips_letters")


OPERATOR = Operator("forgotten_call_made", "insert missing call", "bug_fix", 0.5, drafts)
