"""Dates of the Gregorian calendar as (year, month, day)."""

from __future__ import annotations

Date = tuple[int, int, int]
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def is_leap(year: int) -> bool:
    """Whether the year has a 29th of February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2 and is_leap(year):
        return 29
    return MONTH_LENGTHS[month - 1]


def is_valid(year: int, month: int, day: int) -> bool:
    """Whether there is such a date."""
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def day_of_year(date: Date) -> int:
    """1 for the first of January. Raises ValueError for a date that does not exist."""
    if not is_valid(*date):
        raise ValueError(f"there is no date {date}")
    year, month, day = date
    return sum(days_in_month(year, m) for m in range(1, month)) + day


def ordinal(date: Date) -> int:
    """Days since the start of year 1, whose first day has the number 1."""
    before = date[0] - 1
    return before * 365 + before // 4 - before // 100 + before // 400 + day_of_year(date)


def days_between(first: Date, second: Date) -> int:
    """How many days `second` is after `first`."""
    return ordinal(second) - ordinal(first)


def weekday(date: Date) -> str:
    """The English name of the day."""
    return WEEKDAYS[(ordinal(date) - 1) % 7]


def add_months(date: Date, months: int) -> Date:
    """The same day some months later (or earlier); the last of the month when it has no such."""
    year, month, day = date
    years, month_index = divmod(month - 1 + months, 12)
    year += years
    return year, month_index + 1, min(day, days_in_month(year, month_index + 1))


def age(born: Date, today: Date) -> int:
    """Full years of life."""
    had_birthday = today[1:] >= born[1:]
    return today[0] - born[0] - (0 if had_birthday else 1)
