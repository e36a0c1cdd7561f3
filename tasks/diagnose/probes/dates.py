"""Dates in texts: recognised by parsing, moved by a number of days, written in the same form."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

_NAMES = [*calendar.month_name[1:], *calendar.month_abbr[1:]]
_MONTH = "|".join(sorted({re.escape(name) for name in _NAMES}, key=len, reverse=True))
_ISO = r"(?P<iy>(?:19|20)\d\d)(?P<sep>[-/])(?P<im>\d\d)(?P=sep)(?P<id>\d\d)"
_DAY_FIRST = rf"(?P<dd>\d{{1,2}})(?P<dgap>(?:st|nd|rd|th)?(?: of)? )(?P<dm>{_MONTH})(?P<dtail>(?P<dy>\.?,? (?:19|20)\d\d)?)"  # noqa: E501
_MONTH_FIRST = rf"(?P<mm>{_MONTH})(?P<mgap>\.? )(?P<md>\d{{1,2}})(?P<mtail>(?P<my>(?:st|nd|rd|th)?,? (?:19|20)\d\d)?)"  # noqa: E501
FULL = re.compile(rf"(?<![\w-])(?:{_ISO}|{_DAY_FIRST}|{_MONTH_FIRST})(?![\w-])", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\w-])(?:19|20)\d\d(?![\w-])")


def mover(days: int) -> Callable[[str], str]:
    """A function that moves all dates of a text; call it in document order.

    A day and month without a year is taken in the year of the last whole date before it. Years that
    stand alone, or beside a month alone, move by the nearest number of whole years.
    """
    state = {"year": 0}
    years = round(days / 365.25)

    def moved(match: re.Match[str]) -> str:
        found = _read(match, state["year"])
        if found is None:
            return match.group()
        if _has_year(match):
            state["year"] = found.year
        return _written(match, found + timedelta(days))

    def change(text: str) -> str:
        parts, end = [], 0
        for match in FULL.finditer(text):
            parts += [_aged(text[end : match.start()], years), moved(match)]
            end = match.end()
        return "".join([*parts, _aged(text[end:], years)])

    return change


def is_exact(text: str) -> bool:
    """Whether all years of a text belong to whole dates."""
    return not _YEAR.search(FULL.sub(" ", text))


def has_year(text: str) -> bool:
    """Whether a text holds a whole date with its year."""
    return any(_has_year(match) for match in FULL.finditer(text))


def _aged(text: str, years: int) -> str:
    return _YEAR.sub(lambda m: str(int(m.group()) + years), text)


def _has_year(match: re.Match[str]) -> bool:
    return bool(match["iy"] or match["dy"] or match["my"])


def _read(match: re.Match[str], year: int) -> date | None:
    """The date of a match; None where it is none, such as 31 February."""
    try:
        if match["iy"]:
            return date(int(match["iy"]), int(match["im"]), int(match["id"]))
        name, day, written = (
            (match["dm"], match["dd"], match["dy"])
            if match["dm"]
            else (match["mm"], match["md"], match["my"])
        )
        known = int(written[-4:]) if written else year
        return date(known, _number(name), int(day)) if known else None
    except ValueError:
        return None


def _number(name: str) -> int:
    return next(n for n in range(12) if name.lower().startswith(_NAMES[12 + n].lower())) + 1


def _written(match: re.Match[str], new: date) -> str:
    if match["iy"]:
        return match["sep"].join((f"{new.year:04}", f"{new.month:02}", f"{new.day:02}"))
    if match["dm"]:
        return f"{new.day}{_ordinal(match['dgap'], new)}{_named(match['dm'], new)}" + _year(
            match["dtail"], new
        )
    return f"{_named(match['mm'], new)}{match['mgap']}{new.day}" + _year(
        _ordinal(match["mtail"], new), new
    )


def _named(old: str, new: date) -> str:
    """The new month as long and in such letters as the old one."""
    whole = len(old) > 3 or old.lower() == "may"
    name = calendar.month_name[new.month] if whole else calendar.month_abbr[new.month]
    return name.lower() if old.islower() else name.upper() if old.isupper() else name


def _ordinal(text: str, new: date) -> str:
    teen = 10 < new.day < 20
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(new.day % 10, "th")
    return re.sub(r"^(?:st|nd|rd|th)", ending, text)


def _year(text: str, new: date) -> str:
    return re.sub(r"(?:19|20)\d\d$", str(new.year), text)
