import itertools
import random

import pytest
from roman_numerals import add, from_roman, is_roman, to_roman

PLACES = (
    ["", "M", "MM", "MMM"],
    ["", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"],
    ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"],
    ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"],
)


def by_table(number):
    digits = [int(d) for d in f"{number:04d}"]
    return "".join(place[digit] for place, digit in zip(PLACES, digits, strict=True))


@pytest.mark.parametrize("start", range(1, 4000, 400))
def test_every_number(start):
    for number in range(start, min(start + 400, 4000)):
        assert to_roman(number) == by_table(number)
        assert from_roman(by_table(number)) == number


@pytest.mark.parametrize("letters", [1, 2, 3])
def test_every_short_text(letters):
    known = {by_table(n) for n in range(1, 4000)}
    for combination in itertools.product("IVXLCDM?", repeat=letters):
        text = "".join(combination)
        assert is_roman(text) is (text in known)


@pytest.mark.parametrize("text", ["", "   ", "MMMM", "MMMMM", "IXI", "XLX", "CMC", "IVIV", "X X"])
def test_texts_that_are_no_numerals(text):
    assert is_roman(text) is False
    with pytest.raises(ValueError):
        from_roman(text)


def test_messages():
    with pytest.raises(ValueError, match=r"^0 is not between 1 and 3999$"):
        to_roman(0)
    with pytest.raises(ValueError, match="'J' in 'xj' is no Roman digit"):
        from_roman("xj")
    with pytest.raises(ValueError, match="'iix' is not a canonical numeral"):
        from_roman("iix")


@pytest.mark.parametrize("seed", range(3))
def test_sums(seed):
    draw = random.Random(seed)
    for _ in range(20):
        a, b = draw.randint(1, 1999), draw.randint(1, 2000)
        assert add(by_table(a), by_table(b).lower()) == by_table(a + b)


def test_sum_that_is_too_large():
    with pytest.raises(ValueError, match="4000"):
        add("MMMCMXCIX", "I")
