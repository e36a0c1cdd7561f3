"""Writing and reading agree on separators, date forms and encodings."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(context, "round_trip")


OPERATOR = Operator("round_trip_match", "wrong literal", "bug_fix", 0.5, drafts)
