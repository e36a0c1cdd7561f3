"""A quantity is converted to the unit that is expected."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(context, "unit_clash")


OPERATOR = Operator("unit_convert", "insert conversion", "bug_fix", 0.45, drafts)
