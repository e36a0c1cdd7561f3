"""Reads text, date and author of a record, whatever it is: object, mapping, pair or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

TEXT_FIELDS = ("text", "content", "body", "message", "utterance", "passage")
DATE_FIELDS = ("date", "datetime", "timestamp", "time", "when")
AUTHOR_FIELDS = ("author", "speaker", "sender", "user", "owner")
_HOLDERS = (
    "record", "document", "doc", "item", "turn", "entry", "memory", "passage", "chunk", "post",
    "message",
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def text_of(record: Any) -> str:
    """The record's text; the record itself where it is one."""
    record = bare(record)
    return record if isinstance(record, str) else str(_field(record, TEXT_FIELDS) or "")


def author_of(record: Any) -> str:
    """Who wrote the record; '' where nobody is named."""
    author = _field(bare(record), AUTHOR_FIELDS)
    if author:
        return str(author)
    named = re.match(r"\W*([A-Z]\w+)\s*(?:said)?:", text_of(record))
    return named.group(1) if named else ""


def date_of(record: Any) -> date | None:
    """The day of the record; None where it has none that can be read."""
    return to_date(_field(bare(record), DATE_FIELDS))


def to_date(value: Any) -> date | None:
    """A day from a date, a datetime, an ISO text, or a text with day, month name and year."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "")
    iso = re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    spelled = re.search(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})", text)
    if spelled and spelled[2][:3].lower() in _MONTHS:
        return _day(int(spelled[3]), _MONTHS.index(spelled[2][:3].lower()) + 1, int(spelled[1]))
    american = re.search(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", text)
    if american and american[1][:3].lower() in _MONTHS:
        return _day(int(american[3]), _MONTHS.index(american[1][:3].lower()) + 1, int(american[2]))
    return None


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [s for s in re.split(r"(?<=[.!?])\s+|\n+", text.strip()) if s]


def listed(records: Any) -> list[Any]:
    """Records as a list: nothing, one, or many."""
    if records is None:
        return []
    if isinstance(records, str | Mapping) or not isinstance(records, Iterable):
        return [records]
    return list(records)


def bare(record: Any) -> Any:
    """A record without the score or rank that it may be paired with."""
    for inner in record if isinstance(record, tuple | list) else ():
        if not isinstance(inner, int | float):
            return bare(inner)
    name = holder_of(record)
    return _field(record, (name,)) if name else record


def holder_of(record: Any) -> str:
    """The field that holds the record itself, where this is a hit around it; '' where not."""
    for name in _HOLDERS:
        inner = _field(record, (name,)) if not isinstance(record, str) else None
        if inner is not None and not isinstance(inner, int | float | str):
            return name
    return ""


def _field(record: Any, names: tuple[str, ...]) -> Any:
    for name in names:
        value = record.get(name) if isinstance(record, Mapping) else getattr(record, name, None)
        if value is not None and not callable(value):
            return value
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
