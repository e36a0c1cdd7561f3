"""What people say about time, and the dates it means."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_systems.lifelog.dates import Moment, future, past, shift_months, spoken_day, stamp
from memory_systems.lifelog.draw import Draw

TODAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
SEEDS = st.integers(0, 10**6)
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
DAYS = {"yesterday": -1, "last night": -1, "the day before yesterday": -2, "this morning": 0}
DAYS |= {"tomorrow": 1, "the day after tomorrow": 2, "tonight": 0}
DAYS |= {f"{word} days ago": -number for word, number in NUMBERS.items()}
MONTHS = {"last month": -1, "next month": 1}
MONTHS |= {f"{word} months ago": -number for word, number in NUMBERS.items()}
MONTHS |= {f"in {word} months": number for word, number in NUMBERS.items()}


@given(SEEDS, TODAYS, st.sampled_from([past, future]))
def test_a_phrase_and_its_date_agree(
    seed: int, today: date, told: Callable[[Draw, date], Moment]
) -> None:
    moment = told(Draw(seed), today)
    if moment.phrase in DAYS:
        day = today + timedelta(days=DAYS[moment.phrase])
        assert (moment.start, moment.answer) == (day, spoken_day(day))
    elif moment.phrase in MONTHS:
        first = shift_months(today, MONTHS[moment.phrase])
        assert (moment.start, moment.answer) == (first, f"{first:%B} {first.year}")
    elif named := re.fullmatch(r"(?:last|this past|on|next) (\w+day)", moment.phrase):
        side = "after" if told is future else "before"
        assert f"{moment.start:%A}" == named[1]
        assert moment.answer == f"The {named[1]} {side} {spoken_day(today)}"
        assert 0 < abs((moment.start - today).days) <= 7
    elif years := re.fullmatch(r"(\w+) years ago", moment.phrase):
        assert moment.answer == str(today.year - NUMBERS[years[1]])
    elif "week" in moment.phrase:
        assert moment.answer.endswith(spoken_day(today))
    else:
        assert moment.answer.split()[0] in moment.phrase or moment.phrase in (
            "last year",
            f"back in {moment.start:%B}",
        )


@given(SEEDS, TODAYS)
def test_past_times_are_past_and_future_ones_to_come(seed: int, today: date) -> None:
    assert past(Draw(seed), today).start <= today
    assert future(Draw(seed), today).start >= today


@given(TODAYS, st.integers(-40, 40))
def test_months_are_calendar_months(day: date, months: int) -> None:
    moved = shift_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == 1


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (datetime(2023, 5, 8, 13, 56), "1:56 pm on 8 May, 2023"),
        (datetime(2024, 2, 29, 0, 5), "12:05 am on 29 February, 2024"),
        (datetime(2021, 12, 1, 12, 0), "12:00 pm on 1 December, 2021"),
    ],
)
def test_sessions_are_stamped_as_in_locomo(when: datetime, expected: str) -> None:
    assert stamp(when) == expected
