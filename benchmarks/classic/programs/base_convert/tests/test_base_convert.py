import pytest
from base_convert import convert, fraction_digits, from_base, from_gray, gray, to_base


@pytest.mark.parametrize(
    ("number", "base", "text"),
    [(0, 2, "0"), (10, 2, "1010"), (255, 16, "ff"), (-7, 3, "-21"), (35, 36, "z")],
)
def test_to_base(number, base, text):
    assert to_base(number, base) == text


@pytest.mark.parametrize(
    ("text", "base", "number"), [("1010", 2, 10), ("FF", 16, 255), ("-21", 3, -7), ("0", 10, 0)]
)
def test_from_base(text, base, number):
    assert from_base(text, base) == number


@pytest.mark.parametrize("text", ["12", "", "-", "1 0"])
def test_no_binary_number(text):
    with pytest.raises(ValueError):
        from_base(text, 2)


@pytest.mark.parametrize("base", [1, 37])
def test_bases_have_limits(base):
    with pytest.raises(ValueError):
        to_base(5, base)


def test_convert():
    assert convert("ff", 16, 2) == "11111111"


def test_fraction_that_ends():
    assert fraction_digits(1, 8, 10) == ("125", "")


def test_fraction_with_a_period():
    assert fraction_digits(1, 6, 10) == ("1", "6")


def test_gray():
    assert [gray(n) for n in range(5)] == [0, 1, 3, 2, 6]


def test_gray_back():
    assert from_gray(6) == 4
