from datetime import datetime

import pytest

from memory.dates import Phrasing, parse_session_date

MONDAY = datetime(2023, 5, 8)


def test_session_date() -> None:
    assert parse_session_date("1:56 pm on 8 May, 2023") == datetime(2023, 5, 8, 13, 56)
    assert parse_session_date("12:05 am on 1 January, 2024") == datetime(2024, 1, 1, 0, 5)


def test_session_date_refuses_nonsense() -> None:
    with pytest.raises(ValueError, match="not a session date"):
        parse_session_date("some day")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I went there yesterday", "7/5/2023"),
        ("two days ago we met", "6/5/2023"),
        ("it was last month", "April 2023"),
        ("last year was hard", "2022"),
        ("I joined last week", "The week before 8/5/2023"),
        ("we talked", ""),
    ],
)
def test_resolve(text: str, expected: str) -> None:
    phrasing = Phrasing("{day}/5/{year}")
    assert phrasing.resolve(text, MONDAY) == expected
