import random
from fractions import Fraction

import pytest
from base_convert import convert, fraction_digits, from_base, from_gray, gray, to_base


@pytest.mark.parametrize("base", [2, 3, 8, 10, 16, 35, 36])
def test_agrees_with_int(base):
    draw = random.Random(base)
    for _ in range(60):
        number = draw.randint(-(10**6), 10**6)
        text = to_base(number, base)
        assert int(text, base) == number
        assert from_base(text, base) == number
        assert from_base(text.upper(), base) == number
        assert text == "0" or text.removeprefix("-")[0] != "0"


@pytest.mark.parametrize("number", [0, 1, 2, 9, 10, 11, 1023, 1024, -1, -1024])
def test_agrees_with_format(number):
    assert to_base(number, 2) == f"{number:b}"
    assert to_base(number, 10) == str(number)
    assert convert(f"{number:x}", 16, 8) == f"{number:o}"


@pytest.mark.parametrize("base", [-1, 0, 1, 37, 100])
def test_refused_bases(base):
    for call in (
        lambda: to_base(0, base),
        lambda: from_base("0", base),
        lambda: fraction_digits(0, 1, base),
    ):
        with pytest.raises(ValueError, match=f"base {base} is not between 2 and 36"):
            call()


@pytest.mark.parametrize(
    ("text", "base", "message"),
    [
        ("", 10, "no digits"),
        ("-", 10, "no digits"),
        ("--1", 10, "'-' is no digit of base 10"),
        ("1-", 10, "'-' is no digit"),
        ("2", 2, "'2' is no digit of base 2"),
        ("g", 16, "'g' is no digit of base 16"),
        ("1.5", 10, "is no digit"),
        ("\u00e9", 36, "is no digit"),
    ],
)
def test_refused_texts(text, base, message):
    with pytest.raises(ValueError, match=message):
        from_base(text, base)


@pytest.mark.parametrize("base", [2, 3, 10, 16])
def test_fractions_by_adding_up(base):
    for denominator in range(1, 20):
        for numerator in range(denominator):
            head, period = fraction_digits(numerator, denominator, base)
            value = Fraction(int(head or "0", base), base ** len(head))
            if period:
                ring = base ** len(period) - 1
                value += Fraction(int(period, base), ring * base ** len(head))
                shorter = [n for n in range(1, len(period)) if len(period) % n == 0]
                assert all(period != period[:n] * (len(period) // n) for n in shorter)
                assert not head or head[-1] != period[-1]
            else:
                assert not head.endswith("0")
            assert value == Fraction(numerator, denominator)


@pytest.mark.parametrize(("numerator", "denominator"), [(1, 1), (-1, 2), (3, 2), (0, 0)])
def test_improper_fractions(numerator, denominator):
    with pytest.raises(ValueError, match="not a proper fraction"):
        fraction_digits(numerator, denominator, 10)


def test_leading_zeros_are_read():
    assert from_base("007", 8) == 7
    assert from_base("-0", 2) == 0


@pytest.mark.parametrize("start", [0, 100, 1000])
def test_gray_codes(start):
    for number in range(start, start + 70):
        assert bin(gray(number) ^ gray(number + 1)).count("1") == 1
        assert from_gray(gray(number)) == number
        assert gray(from_gray(number)) == number
    assert sorted(gray(n) for n in range(64)) == list(range(64))
