"""Files are taken in the order of their names."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(context, "listing_order")


OPERATOR = Operator("nondeterminism_sort", "missing call", "bug_fix", 0.4, drafts)
