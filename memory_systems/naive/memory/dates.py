"""Session dates, and what "last week" means on one."""

import re
from calendar import month_name
from datetime import datetime, timedelta

SESSION_DATE = re.compile(r"(\d+):(\d+) ([ap]m) on (\d+) (\w+), (\d{4})", re.IGNORECASE)
MONTHS = [name.lower() for name in month_name]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
NUMBERS = {
    "a couple of": 2, "a couple": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "an": 1, "a": 1,
}  # fmt: skip
COUNT = r"(a couple of|a couple|\d+|one|two|three|four|five|six|seven|eight|nine|ten|an|a)"
DAY = r"(mon|tues|tue|wednes|wed|thurs|thur|thu|fri|satur|sat|sun)(?:day)?"
MONTH = "(?P<month>" + "|".join(MONTHS[1:]) + ")"
AGO = re.compile(rf"\b{COUNT} (day|week|weekend|month|year)s? (?:ago|back)\b")
VAGUE = re.compile(r"\b(a few|few|several|some) (day|week|month|year)s (?:ago|back)\b")
FULL = re.compile(rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}}))?")
DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH}\b(?:,? (?P<year>\d{{4}}))?"
)
NAMED_MONTH = re.compile(rf"\b(in|last|next|this|since|until|early|late|mid) {MONTH}\b")
DAY_OF_MONTH = re.compile(r"\bthe (\d{1,2})(?:st|nd|rd|th)\b")
NAMED_DAY = re.compile(rf"\b(last|next|this|on|this past|coming) {DAY}\b")
PERIOD = re.compile(
    r"\b(last|next|this|this past|past|coming) "
    r"(week|weekend|month|year|spring|summer|fall|autumn|winter)\b"
)
YEAR = re.compile(r"\b(?:in|since|of) ((?:19|20)\d\d)\b")
NEAR = [
    (re.compile(r"\b(?:day before yesterday)\b"), -2),
    (re.compile(r"\b(?:yesterday|last night|last evening)\b"), -1),
    (re.compile(r"\b(?:day after tomorrow)\b"), 2),
    (re.compile(r"\b(?:tomorrow)\b"), 1),
    (re.compile(r"\b(?:today|tonight|this morning|this evening|this afternoon)\b"), 0),
]


def parse_session_date(text: str) -> datetime:
    """Reads "1:56 pm on 8 May, 2023". Raises ValueError for anything else."""
    match = SESSION_DATE.search(text)
    if match is None:
        raise ValueError(f"not a session date: {text!r}")
    hour, minute, half, day, month, year = match.groups()
    hours = int(hour) % 12 + (12 if half.lower() == "pm" else 0)
    return datetime(int(year), MONTHS.index(month.lower()), int(day), hours, int(minute))


def shift_months(when: datetime, months: int) -> datetime:
    """The moment that lies so many months away."""
    return when + timedelta(days=30 * months)


def count_of(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def full_weekday(short: str) -> str:
    return next(day for day in WEEKDAYS if day.startswith(short[:3]))


class Phrasing:
    """Says dates. `template` is for a day, with {day}, {month}, {year} and {weekday}."""

    def __init__(self, template: str) -> None:
        self.template = template

    def day(self, when: datetime) -> str:
        return self.template.format(
            day=when.day,
            month=month_name[when.month],
            year=when.year,
            weekday=WEEKDAYS[when.weekday()].capitalize(),
        )

    def month(self, when: datetime) -> str:
        return f"{month_name[when.month]} {when.year}"

    def ago(self, count: int, unit: str, when: datetime) -> str:
        if unit == "day":
            return self.day(when - timedelta(days=count))
        if unit == "month":
            return self.month(shift_months(when, -count))
        if unit == "year":
            return str(when.year - count)
        many = {1: f"The {unit}", 2: f"Two {unit}s", 3: f"Three {unit}s"}
        return f"{many.get(count, f'{count} {unit}s')} before {self.day(when)}"

    def period(self, direction: str, unit: str, when: datetime) -> str:
        """Such as "last week", "next month", "this summer"."""
        step = {"next": 1, "coming": 1, "this": 0}.get(direction, -1)
        if unit == "year":
            return str(when.year + step)
        if unit == "month":
            return self.month(shift_months(when, step))
        if unit in ("week", "weekend"):
            side = "before" if step < 0 else "after" if unit == "weekend" or step > 0 else "of"
            return f"The {unit} {side} {self.day(when)}"
        return f"{unit} {when.year + step}"

    def named_month(self, word: str, month: str, when: datetime) -> str:
        number, year = MONTHS.index(month), when.year
        if word == "last" and number >= when.month:
            year -= 1
        if word == "next" and number <= when.month:
            year += 1
        return self.month(datetime(year, number, 1))

    def resolve(self, text: str, when: datetime) -> str:
        """The first time expression of a text as an absolute date; empty when there is none."""
        text = text.lower()
        if match := FULL.search(text) or DAY_FIRST.search(text):
            found = match.groupdict()
            return f"{int(found['day'])} {found['month'].capitalize()} {found['year'] or when.year}"
        for pattern, days in NEAR:
            if pattern.search(text):
                return self.day(when + timedelta(days=days))
        if match := AGO.search(text):
            return self.ago(count_of(match.group(1)), match.group(2), when)
        if match := VAGUE.search(text):
            return f"A few {match.group(2)}s before {self.day(when)}"
        if match := NAMED_DAY.search(text):
            side = "after" if match.group(1) in ("next", "this", "coming") else "before"
            return f"The {full_weekday(match.group(2))} {side} {self.day(when)}"
        if match := PERIOD.search(text):
            return self.period(match.group(1), match.group(2), when)
        if match := NAMED_MONTH.search(text):
            return self.named_month(match.group(1), match.group(2), when)
        if match := DAY_OF_MONTH.search(text):
            return f"{int(match.group(1))} {self.month(when)}"
        match = YEAR.search(text)
        return match.group(1) if match else ""
