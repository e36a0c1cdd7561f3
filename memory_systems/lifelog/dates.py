"""Times as people say them, and the dates that they mean."""

from __future__ import annotations

from calendar import day_name, month_name, monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from memory_systems.lifelog.draw import Draw

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class Moment:
    """`phrase` is what is said, `answer` the date in LoCoMo's words, `start` its first day."""

    phrase: str
    answer: str
    start: date


def stamp(moment: datetime) -> str:
    """Such as "1:56 pm on 8 May, 2023"."""
    half = "pm" if moment.hour >= 12 else "am"
    hour = moment.hour % 12 or 12
    return f"{hour}:{moment.minute:02d} {half} on {moment.day} {_month(moment)}, {moment.year}"


def spoken_day(day: date) -> str:
    """Such as "8 May 2023"."""
    return f"{day.day} {_month(day)} {day.year}"


def past(draw: Draw, today: date) -> Moment:
    """A time that has been."""
    return _drawn(draw, _PAST)(draw, today)


def future(draw: Draw, today: date) -> Moment:
    """A time to come."""
    return _drawn(draw, _FUTURE)(draw, today)


def shift_months(day: date, months: int) -> date:
    """The first of the month so many months away."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _near(draw: Draw, today: date) -> Moment:
    phrase, days = draw.pick(
        [("yesterday", 1), ("last night", 1), ("the day before yesterday", 2), ("this morning", 0)]
        + [(f"{_NUMBERS[n]} days ago", n) for n in (2, 3, 4, 5)]
    )
    return _on(phrase, today - timedelta(days=days))


def _weekday(draw: Draw, today: date) -> Moment:
    day = today - timedelta(days=draw.between(2, 7))
    name = day_name[day.weekday()]
    phrase = draw.pick([f"last {name}", f"this past {name}", f"on {name}"])
    return Moment(phrase, f"The {name} before {spoken_day(today)}", day)


def _week(draw: Draw, today: date) -> Moment:
    unit = draw.pick(["week", "weekend"])
    count = draw.pick([1, 1, 1, 2, 3])
    saturday = 5 if unit == "weekend" else 0
    start = today - timedelta(days=today.weekday() + 7 * count - saturday)
    if count == 1:
        return Moment(f"last {unit}", f"The {unit} before {spoken_day(today)}", start)
    number = _NUMBERS[count]
    answer = f"{number.capitalize()} {unit}s before {spoken_day(today)}"
    return Moment(f"{number} {unit}s ago", answer, start)


def _past_month(draw: Draw, today: date) -> Moment:
    count = draw.between(1, 6)
    start = shift_months(today, -count)
    said = [f"back in {_month(start)}", f"{_NUMBERS[count]} months ago"]
    phrase = "last month" if count == 1 else draw.pick(said)
    return Moment(phrase, f"{_month(start)} {start.year}", start)


def _past_year(draw: Draw, today: date) -> Moment:
    count = draw.between(1, 6)
    year = str(today.year - count)
    phrase = draw.pick([f"{_NUMBERS[count]} years ago", f"in {year}"])
    return Moment("last year" if count == 1 else phrase, year, date(int(year), 1, 1))


def _past_date(draw: Draw, today: date) -> Moment:
    day = today - timedelta(days=draw.between(5, 40))
    return _on(f"on {day.day} {_month(day)}" + f" {day.year}" * (day.year < today.year), day)


def _soon(draw: Draw, today: date) -> Moment:
    phrase, days = draw.pick([("tomorrow", 1), ("the day after tomorrow", 2), ("tonight", 0)])
    return _on(phrase, today + timedelta(days=days))


def _coming_weekday(draw: Draw, today: date) -> Moment:
    day = today + timedelta(days=draw.between(2, 7))
    name = day_name[day.weekday()]
    return Moment(f"next {name}", f"The {name} after {spoken_day(today)}", day)


def _coming_week(draw: Draw, today: date) -> Moment:
    monday = today - timedelta(days=today.weekday())
    count = draw.pick([1, 1, 2, 3])
    start = monday + timedelta(days=7 * count)
    if count == 1:
        return Moment("next week", f"The week after {spoken_day(today)}", start)
    number = _NUMBERS[count]
    answer = f"{number.capitalize()} weeks after {spoken_day(today)}"
    return Moment(f"in {number} weeks", answer, start)


def _coming_month(draw: Draw, today: date) -> Moment:
    count = draw.between(1, 5)
    start = shift_months(today, count)
    phrase = "next month" if count == 1 else f"in {_NUMBERS[count]} months"
    return Moment(phrase, f"{_month(start)} {start.year}", start)


def _coming_date(draw: Draw, today: date) -> Moment:
    start = shift_months(today, draw.between(1, 3))
    day = start.replace(day=draw.between(1, monthrange(start.year, start.month)[1]))
    return _on(f"on {day.day} {_month(day)}" + f" {day.year}" * (day.year > today.year), day)


Rule = Callable[[Draw, date], Moment]
_PAST: tuple[tuple[Rule, float], ...] = (
    (_near, 0.34),
    (_weekday, 0.14),
    (_week, 0.18),
    (_past_month, 0.17),
    (_past_year, 0.07),
    (_past_date, 0.10),
)
_FUTURE: tuple[tuple[Rule, float], ...] = (
    (_soon, 0.15),
    (_coming_weekday, 0.2),
    (_coming_week, 0.2),
    (_coming_month, 0.3),
    (_coming_date, 0.15),
)


def _drawn(draw: Draw, rules: tuple[tuple[Rule, float], ...]) -> Rule:
    left = draw.share()
    for rule, weight in rules:
        left -= weight
        if left < 0:
            return rule
    return rules[-1][0]


def _on(phrase: str, day: date) -> Moment:
    return Moment(phrase, spoken_day(day), day)


def _month(day: date) -> str:
    return month_name[day.month]
