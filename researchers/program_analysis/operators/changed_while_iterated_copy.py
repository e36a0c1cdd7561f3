"""Loops go through a copy of what they change."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(context, "changed_while_iterated")


OPERATOR = Operator("changed_while_iterated_copy", "mutated collection", "bug_fix", 0.6, drafts)
