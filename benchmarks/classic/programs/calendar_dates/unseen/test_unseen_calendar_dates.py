import calendar
import datetime
import random

import pytest
from calendar_dates import (
    add_months,
    age,
    day_of_year,
    days_between,
    days_in_month,
    is_leap,
    is_valid,
    ordinal,
    weekday,
)


def random_date(draw):
    return datetime.date.fromordinal(draw.randint(1, 1_000_000))


def parts(date):
    return date.year, date.month, date.day


@pytest.mark.parametrize("seed", range(8))
def test_agrees_with_datetime(seed):
    draw = random.Random(seed)
    for _ in range(40):
        a, b = random_date(draw), random_date(draw)
        assert ordinal(parts(a)) == a.toordinal()
        assert days_between(parts(a), parts(b)) == (b - a).days
        assert weekday(parts(a)) == a.strftime("%A")
        assert day_of_year(parts(a)) == a.timetuple().tm_yday


@pytest.mark.parametrize("year", [1, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 2100])
def test_years(year):
    assert is_leap(year) is calendar.isleap(year)
    for month in range(1, 13):
        length = calendar.monthrange(year, month)[1]
        assert days_in_month(year, month) == length
        assert is_valid(year, month, 1)
        assert is_valid(year, month, length)
        assert not is_valid(year, month, 0)
        assert not is_valid(year, month, length + 1)


@pytest.mark.parametrize("date", [(0, 1, 1), (2024, 0, 1), (2024, 13, 1), (2023, 2, 29), (1, 1, 0)])
def test_dates_that_do_not_exist(date):
    assert not is_valid(*date)
    for function in (day_of_year, ordinal, weekday):
        with pytest.raises(ValueError, match="there is no date"):
            function(date)


@pytest.mark.parametrize("seed", range(5))
def test_months_one_by_one(seed):
    draw = random.Random(seed)
    year, month, day = draw.randint(1990, 2010), draw.randint(1, 12), draw.randint(1, 28)
    for count in range(40):
        assert add_months((year, month, day), count) == (
            (year, month + count, day)
            if month + count <= 12
            else add_months((year + 1, month - 12, day), count)
        )
        there = add_months((year, month, day), count)
        assert add_months(there, -count) == (year, month, day)


@pytest.mark.parametrize(
    ("date", "months", "expected"),
    [
        ((2024, 1, 15), 0, (2024, 1, 15)),
        ((2024, 12, 31), 2, (2025, 2, 28)),
        ((2024, 1, 1), -1, (2023, 12, 1)),
        ((2024, 2, 29), -12, (2023, 2, 28)),
        ((2024, 10, 31), 1, (2024, 11, 30)),
        ((2024, 11, 30), 1, (2024, 12, 30)),
    ],
)
def test_ends_of_months(date, months, expected):
    assert add_months(date, months) == expected


@pytest.mark.parametrize("seed", range(4))
def test_age_by_counting_birthdays(seed):
    draw = random.Random(seed)
    born = datetime.date(draw.randint(1950, 1999), draw.randint(1, 12), draw.randint(1, 28))
    for _ in range(20):
        today = born + datetime.timedelta(days=draw.randint(0, 20000))
        birthdays = (born.replace(year=y) for y in range(born.year + 1, today.year + 1))
        assert age(parts(born), parts(today)) == sum(day <= today for day in birthdays)
