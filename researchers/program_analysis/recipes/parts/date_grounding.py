"""Answers that ask for a time: the date an event is told with, relative words resolved."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from researchers.program_analysis.recipes.parts.lexical_terms import lexical_terms
from researchers.program_analysis.recipes.parts.record_view import (
    date_of,
    listed,
    sentences,
    text_of,
    to_date,
)

DAY_FORMAT = "{day} {month} {year}"
RELATIVE_PHRASES = True
"""Whether a vague time is told as it is usual here: `the week before 14 March 2017`."""
_ASKS = re.compile(r"\b(when|(what|which) (date|day|month|year)|how long ago)\b", re.I)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
            "seven": 7, "eight": 8, "nine": 9, "ten": 10, "couple": 2, "few": 3}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_COUNT = "|".join([r"\d+", *_NUMBERS])
_AGO = re.compile(
    rf"\b({_COUNT})(?: of)? (day|week|weekend|month|year)s? (ago|back|earlier)\b", re.I
)
_COMING = re.compile(rf"\bin (?:about )?({_COUNT}) (day|week|month|year)s?\b", re.I)
_UNITS = "|".join(
    ["night", "weekend", "week", "month", "year", "summer", "winter", "spring", "fall", *_WEEKDAYS]
)
_SIDE = re.compile(rf"\b(last|past|next|this|previous|coming) ({_UNITS})\b", re.I)
_NEAR = re.compile(
    r"\b(yesterday|today|tonight|tomorrow|the other day|just now|this morning)\b", re.I
)
_IN_MONTH = re.compile(rf"\b(?:in|since|of|last|this) ({'|'.join(_MONTH)})\b")
_IN_YEAR = re.compile(r"\b(?:in|since|of) ((?:19|20)\d\d)\b")


def ground_answer(question: str, records: Any, answer: Any) -> Any:
    """The date that a question for a time asks for; any other question's answer as it is."""
    if not _ASKS.search(str(question)):
        return answer
    wanted, best, best_score = set(lexical_terms(question)), None, 0.0
    for rank, record in enumerate(listed(records)[:10]):
        day = date_of(record)
        for sentence in sentences(text_of(record)):
            grounded = ground(sentence, day)
            share = len(wanted & set(lexical_terms(sentence))) / max(len(wanted), 1)
            whole = len(wanted & set(lexical_terms(text_of(record)))) / max(len(wanted), 1)
            score = share + 0.5 * whole + (0.35 if grounded else 0.0) - 0.03 * rank
            told = grounded or (_day(day) if day else "")
            if told and score > best_score:
                best, best_score = _as_asked(str(question), told), score
    return best if best is not None else answer


def ground(sentence: str, day: date | None) -> str:
    """The time that a sentence tells, resolved against the day it was said; '' for none."""
    told = to_date(sentence)
    if told is not None:
        return _day(told)
    year = _IN_YEAR.search(sentence)
    if day is None:
        return year[1] if year else ""
    near = _NEAR.search(sentence)
    if near:
        step = {"yesterday": -1, "tomorrow": 1, "the other day": -2}.get(near[1].lower(), 0)
        return _day(day + timedelta(step))
    ago = _AGO.search(sentence)
    if ago:
        return _away(day, -_number(ago[1]), ago[2].lower())
    coming = _COMING.search(sentence)
    if coming:
        return _away(day, _number(coming[1]), coming[2].lower())
    side = _SIDE.search(sentence)
    if side:
        return _beside(day, side[1].lower(), side[2].lower())
    month = _IN_MONTH.search(sentence)
    if month:
        number = _MONTH.index(month[1]) + 1
        return f"{month[1]}, {day.year if number <= day.month else day.year - 1}"
    return year[1] if year else ""


def _beside(day: date, side: str, unit: str) -> str:
    step = {"next": 1, "coming": 1, "this": 0}.get(side, -1)
    if unit == "night":
        return _day(day + timedelta(step))
    if unit == "month":
        return _month(_shift(day, step))
    if unit in {"year", "summer", "winter", "spring", "fall"}:
        season = f"{unit} " if unit != "year" else ""
        return f"{season}{day.year + step}"
    if unit in _WEEKDAYS:
        return _weekday(day, _WEEKDAYS.index(unit), step, unit)
    if step == 0:
        return f"the {unit} of {_day(day)}" if RELATIVE_PHRASES else _day(day)
    if RELATIVE_PHRASES:
        return f"the {unit} {'before' if step < 0 else 'after'} {_day(day)}"
    return _day(day + timedelta(7 * step))


def _weekday(day: date, wanted: int, step: int, name: str) -> str:
    if RELATIVE_PHRASES and step:
        return f"the {name} {'before' if step < 0 else 'after'} {_day(day)}"
    back = (day.weekday() - wanted - 1) % 7 + 1
    ahead = (wanted - day.weekday() - 1) % 7 + 1
    return _day(day - timedelta(back) if step < 0 else day + timedelta(ahead))


def _away(day: date, count: int, unit: str) -> str:
    if unit == "day":
        return _day(day + timedelta(count))
    if unit.startswith("week"):
        if RELATIVE_PHRASES and abs(count) == 1:
            return f"the {unit} {'before' if count < 0 else 'after'} {_day(day)}"
        if RELATIVE_PHRASES:
            return f"{abs(count)} {unit}s {'before' if count < 0 else 'after'} {_day(day)}"
        return _day(day + timedelta(7 * count))
    return _month(_shift(day, count)) if unit == "month" else str(day.year + count)


def _shift(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.get(text.lower(), 1)


def _day(day: date) -> str:
    name = _MONTH[day.month - 1]
    return DAY_FORMAT.format(
        day=day.day, day2=f"{day.day:02d}", month=name, mon=name[:3], month2=f"{day.month:02d}",
        year=day.year,
    )  # fmt: skip


def _month(day: date) -> str:
    return f"{_MONTH[day.month - 1]} {day.year}"


def _as_asked(question: str, told: str) -> str:
    """A year or a month alone where the question asks for no more."""
    year = re.search(r"\b(?:19|20)\d\d\b", told)
    if re.search(r"\b(what|which) year\b", question, re.I) and year:
        return year[0]
    month = next((m for m in _MONTH if m in told), "")
    if re.search(r"\b(what|which) month\b", question, re.I) and month and year:
        return f"{month} {year[0]}"
    return told
