"""Puts the record that answers in the place of a found record that only asks."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass, replace
from typing import Any

from researchers.program_analysis.recipes.parts.record_view import (
    author_of,
    bare,
    holder_of,
    listed,
    text_of,
)


def replies_first(hits: Any, records: Sequence[Any]) -> list[Any]:
    """As many hits, best first: a reply stands where its question was found.

    `records` are all there are, in their order: a record that ends in a question is answered by the
    next one of another author. The questions themselves come last.
    """
    found, order = listed(hits), listed(records)
    places = {id(record): i for i, record in enumerate(order)}
    kept: dict[int, Any] = {}
    asking: list[Any] = []
    for hit in found:
        record = bare(hit)
        reply = _reply(order, places.get(id(record), len(order)))
        if reply is None:
            kept.setdefault(id(record), hit)
        else:
            kept.setdefault(id(reply), _holding(hit, reply))
            asking.append(record)
    for record in asking:
        kept.setdefault(id(record), _holding(found[-1], record))
    return list(kept.values())[: len(found)]


def _reply(order: Sequence[Any], place: int) -> Any:
    """The record that answers the one at a place; None where it asks nothing or nobody answers."""
    if place + 1 >= len(order) or not re.search(r"\?\W*$", text_of(order[place])):
        return None
    author = author_of(order[place])
    return None if author and author == author_of(order[place + 1]) else order[place + 1]


def _holding(hit: Any, record: Any) -> Any:
    """A hit like this one, with its score, that holds another record."""
    inner = bare(hit)
    if inner is hit:
        return record
    if isinstance(hit, tuple | list):
        values = [record if value is inner else _held(value, record) for value in hit]
        return type(hit)(*values) if hasattr(hit, "_fields") else type(hit)(values)
    name = holder_of(hit)
    if isinstance(hit, Mapping):
        return {**hit, name: record}
    if is_dataclass(hit) and not isinstance(hit, type):
        return replace(hit, **{name: record})
    made = copy.copy(hit)
    setattr(made, name, record)
    return made


def _held(value: Any, record: Any) -> Any:
    return value if isinstance(value, int | float | str) else _holding(value, record)
