import pytest
from roman_numerals import add, from_roman, is_roman, to_roman


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "I"), (4, "IV"), (9, "IX"), (40, "XL"), (1994, "MCMXCIV"), (3999, "MMMCMXCIX")],
)
def test_to_roman(number, numeral):
    assert to_roman(number) == numeral


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_out_of_range(number):
    with pytest.raises(ValueError):
        to_roman(number)


@pytest.mark.parametrize(("numeral", "number"), [("III", 3), ("XIV", 14), ("MMXXIV", 2024)])
def test_from_roman(numeral, number):
    assert from_roman(numeral) == number


def test_lower_case_is_read():
    assert from_roman("xlii") == 42


def test_spaces_around_are_ignored():
    assert from_roman(" V ") == 5


@pytest.mark.parametrize("text", ["IIII", "VX", "ABC"])
def test_not_canonical(text):
    assert not is_roman(text)


def test_is_roman():
    assert is_roman("CDXLIV")


def test_add():
    assert add("XIV", "VI") == "XX"
