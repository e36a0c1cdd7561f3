"""Ranges get the ends that were meant."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(
        context, "hole", "crossed_bounds", "open_range", "beyond_end", "tail_of_nothing"
    )


OPERATOR = Operator("interval_fit", "mutate condition", "bug_fix", 0.45, drafts)
