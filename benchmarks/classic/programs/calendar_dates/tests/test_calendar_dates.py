import pytest
from calendar_dates import (
    add_months,
    age,
    day_of_year,
    days_between,
    days_in_month,
    is_leap,
    is_valid,
    weekday,
)


@pytest.mark.parametrize(
    ("year", "leap"), [(2024, True), (2023, False), (1900, False), (2000, True)]
)
def test_is_leap(year, leap):
    assert is_leap(year) is leap


def test_days_in_month():
    assert [days_in_month(2023, m) for m in (1, 2, 4, 12)] == [31, 28, 30, 31]
    assert days_in_month(2024, 2) == 29


def test_is_valid():
    assert is_valid(2024, 2, 29)
    assert not is_valid(2023, 2, 29)
    assert not is_valid(2023, 13, 1)


def test_day_of_year():
    assert day_of_year((2024, 3, 1)) == 61


def test_days_between():
    assert days_between((2023, 12, 31), (2024, 3, 1)) == 61


def test_days_between_backwards():
    assert days_between((2024, 1, 10), (2024, 1, 1)) == -9


def test_no_such_date():
    with pytest.raises(ValueError):
        day_of_year((2023, 4, 31))


@pytest.mark.parametrize(("date", "name"), [((2024, 2, 29), "Thursday"), ((1969, 7, 20), "Sunday")])
def test_weekday(date, name):
    assert weekday(date) == name


@pytest.mark.parametrize(
    ("months", "expected"), [(1, (2024, 2, 29)), (12, (2025, 1, 31)), (-2, (2023, 11, 30))]
)
def test_add_months(months, expected):
    assert add_months((2024, 1, 31), months) == expected


def test_age():
    assert age((2000, 5, 20), (2024, 5, 19)) == 23
    assert age((2000, 5, 20), (2024, 5, 20)) == 24
