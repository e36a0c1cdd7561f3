import pytest
from money_split import grow, parse, percent, settle, show, split, split_by_weight


@pytest.mark.parametrize(
    ("text", "cents"), [("12", 1200), ("3.5", 350), ("-0.05", -5), ("1,234.56", 123456)]
)
def test_parse(text, cents):
    assert parse(text) == cents


@pytest.mark.parametrize("text", ["", "abc", "1.234", "1.", "--1"])
def test_parse_refuses(text):
    with pytest.raises(ValueError):
        parse(text)


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "0.00"), (5, "0.05"), (-350, "-3.50"), (123456789, "1,234,567.89")]
)
def test_show(cents, text):
    assert show(cents) == text


def test_split():
    assert split(100, 3) == [34, 33, 33]


def test_split_among_nobody():
    with pytest.raises(ValueError):
        split(100, 0)


def test_split_by_weight():
    assert split_by_weight(1000, [1, 2, 4]) == [143, 286, 571]


def test_percent_rounds_half_up():
    assert percent(250, 5) == 13
    assert percent(249, 5) == 12


def test_grow():
    assert grow(10000, 10, 2) == [10000, 11000, 12100]


def test_settle():
    assert settle({"ann": 3000, "bob": 0, "cy": 0}) == [("bob", "ann", 1000), ("cy", "ann", 1000)]
