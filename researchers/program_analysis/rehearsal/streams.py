"""Records that come one by one: charged as they come, and refused where they are too many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from researchers.program_analysis.rehearsal.holders import owner
from researchers.program_analysis.rehearsal.limits import (
    GROWING,
    LONGEST,
    STEP,
    Refused,
    charge,
    paid,
)
from researchers.program_analysis.rehearsal.made import is_made
from researchers.program_analysis.rehearsal.weights import weighed

_KEPT = (str, bytes, bytearray, list, tuple)
"""What is read as it is, without making a list of it."""


def metered(records: Iterable[Any]) -> Iterator[Any]:
    """The same records, one by one, charged."""
    for place, record in enumerate(records):
        if place % STEP == 0:
            charge(STEP)
        yield paid(record) if type(record) in (list, tuple, dict, set) else record


def finite(value: Any) -> Any:
    """A value to go through; raises Refused for a long range, and charges what has no length.

    A list that is lengthened by its own iterator would never end.
    """
    kind = type(value)
    if kind is range and len(value) > LONGEST:
        raise Refused("a range too long")
    return (
        metered(map(weighed, value)) if hasattr(kind, "__next__") and not is_made(kind) else value
    )


def gathered(value: Any) -> Any:
    """Records in a list, weighed; what is a text or a list stays what it is."""
    return value if isinstance(value, _KEPT) else weighed(list(finite(value)))


def weighing(value: Any, *, by_keys: bool = False) -> Any:
    """The same to go through, each record or key weighed, where rehearsed code gives them."""
    kind = type(value)
    if not hasattr(kind, "__next__") and (not is_made(kind) or isinstance(value, GROWING)):
        return value
    if by_keys and owner(kind.__mro__, "keys"):
        return {weighed(key): value[key] for key in value.keys()}  # noqa: SIM118
    return map(weighed, iter(value)) if owner(kind.__mro__, "__iter__") else value
