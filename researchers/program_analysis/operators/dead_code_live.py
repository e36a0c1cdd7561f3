"""A switch is turned on, or a kind told from the kind it derives from."""

from __future__ import annotations

from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft, Operator
from researchers.program_analysis.stated import stated


def drafts(context: Context) -> Iterator[Draft]:
    """What the finding says should stand in its place."""
    yield from stated(context, "switched_off", "shadowed_kind")


OPERATOR = Operator("dead_code_live", "mutate literal", "bug_fix", 0.3, drafts)
