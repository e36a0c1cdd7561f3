"""Roman numerals from 1 to 3999, in their canonical form."""

from __future__ import annotations

SYMBOLS = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
LARGEST = 3999


def to_roman(number: int) -> str:
    """Writes a number. Raises ValueError outside of 1..3999."""
    if number < 1 or number > LARGEST:
        raise ValueError(f"{number} is not between 1 and {LARGEST}")
    parts = []
    for value, symbol in SYMBOLS:
        times, number = divmod(number, value)
        parts.append(symbol * times)
    return "".join(parts)


def from_roman(numeral: str) -> int:
    """Reads a numeral in either case. Raises ValueError when it is not canonical."""
    text = numeral.strip().upper()
    values = {symbol: value for value, symbol in SYMBOLS}
    total = 0
    for index, letter in enumerate(text):
        if letter not in values:
            raise ValueError(f"{letter!r} in {numeral!r} is no Roman digit")
        following = text[index + 1 : index + 2]
        if following in values and values[letter] < values[following]:
            total -= values[letter]
        else:
            total += values[letter]
    if not text or total > LARGEST or to_roman(total) != text:
        raise ValueError(f"{numeral!r} is not a canonical numeral")
    return total


def is_roman(text: str) -> bool:
    """Whether a text is a canonical numeral."""
    try:
        from_roman(text)
    except ValueError:
        return False
    return True


def add(a: str, b: str) -> str:
    """The sum of two numerals as a numeral."""
    return to_roman(from_roman(a) + from_roman(b))
