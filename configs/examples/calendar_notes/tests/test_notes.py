from datetime import date

import pytest
from notes.parsing import parse, parse_line
from notes.periods import between, latest, tagged
from notes.summary import busiest_month, longest_gap, per_month

TEXT = """
2024-01-05 #Garden seeds ordered
2024-01-20 #garden #Money paid the gardener
2024-02-03 #money taxes
2024-02-29 leap day walk
2024-03-01 #garden first crocus
"""


@pytest.fixture
def notes():
    return parse(TEXT)


def test_parse_counts(notes):
    assert len(notes) == 5


def test_parse_day():
    assert parse_line("2024-05-17 #a b").day == date(2024, 5, 17)


def test_parse_tags_lower_case():
    assert parse_line("2024-05-17 #A #b c").tags == ("a", "b")


def test_parse_text_without_tags():
    assert parse_line("2024-05-17 #a buy #b milk").text == "buy milk"


def test_between_includes_first_day(notes):
    assert between(notes, date(2024, 1, 5), date(2024, 1, 31))[0].text == "seeds ordered"


def test_between_includes_last_day(notes):
    assert len(between(notes, date(2024, 2, 1), date(2024, 2, 29))) == 2


def test_between_single_day(notes):
    assert len(between(notes, date(2024, 3, 1), date(2024, 3, 1))) == 1


def test_between_leaves_out_later(notes):
    assert len(between(notes, date(2024, 1, 1), date(2024, 1, 31))) == 2


def test_between_whole_year(notes):
    assert len(between(notes, date(2024, 1, 1), date(2024, 12, 31))) == 5


def test_between_up_to_the_newest(notes):
    assert len(between(notes, date(2024, 1, 1), date(2024, 3, 1))) == 5


def test_between_empty_period(notes):
    assert between(notes, date(2023, 1, 1), date(2023, 12, 31)) == []


def test_tagged_lower(notes):
    assert len(tagged(notes, "garden")) == 3


@pytest.mark.parametrize("tag", ["Garden", "GARDEN", "gArDeN"])
def test_tagged_any_case(notes, tag):
    assert len(tagged(notes, tag)) == 3


def test_tagged_capital_money(notes):
    assert len(tagged(notes, "Money")) == 2


def test_tagged_upper_unknown(notes):
    assert tagged(notes, "HOLIDAY") == []


def test_tagged_unknown(notes):
    assert tagged(notes, "holiday") == []


def test_latest_first(notes):
    assert latest(notes, 1)[0].day == date(2024, 3, 1)


def test_latest_order(notes):
    assert [n.day.month for n in latest(notes, 3)] == [3, 2, 2]


def test_latest_more_than_there_are(notes):
    assert len(latest(notes, 50)) == 5


def test_per_month(notes):
    assert per_month(notes)[(2024, 1)] == 2


def test_busiest_month_tie(notes):
    assert busiest_month(notes) == (2024, 1)


def test_busiest_month_none():
    assert busiest_month([]) is None


def test_longest_gap(notes):
    assert longest_gap(notes) == 26


def test_longest_gap_one_note():
    assert longest_gap([parse_line("2024-05-17 a")]) == 0
