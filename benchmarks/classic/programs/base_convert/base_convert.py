"""Numbers in other bases, and Gray code."""

from __future__ import annotations

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _check(base: int) -> None:
    if not 2 <= base <= len(DIGITS):
        raise ValueError(f"base {base} is not between 2 and {len(DIGITS)}")


def to_base(number: int, base: int) -> str:
    """The digits of a number, with a minus sign for a negative one."""
    _check(base)
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    number = abs(number)
    digits = []
    while number > 0:
        number, digit = divmod(number, base)
        digits.append(DIGITS[digit])
    return sign + "".join(reversed(digits))


def from_base(text: str, base: int) -> int:
    """Reads a number; case does not matter. Raises ValueError for a foreign digit."""
    _check(base)
    digits = text.lower().removeprefix("-")
    if not digits:
        raise ValueError("no digits")
    number = 0
    for letter in digits:
        value = DIGITS.find(letter)
        if value < 0 or value >= base:
            raise ValueError(f"{letter!r} is no digit of base {base}")
        number = number * base + value
    return -number if text.startswith("-") else number


def convert(text: str, source: int, target: int) -> str:
    """The same number in another base."""
    return to_base(from_base(text, source), target)


def fraction_digits(numerator: int, denominator: int, base: int) -> tuple[str, str]:
    """The digits behind the point of a proper fraction >= 0: those before the period, the period.

    The second text is empty when the digits end.
    """
    _check(base)
    if not 0 <= numerator < denominator:
        raise ValueError("not a proper fraction")
    digits = ""
    seen: dict[int, int] = {}
    while numerator > 0:
        if numerator in seen:
            start = seen[numerator]
            return digits[:start], digits[start:]
        seen[numerator] = len(digits)
        digit, numerator = divmod(numerator * base, denominator)
        digits += DIGITS[digit]
    return digits, ""


def gray(number: int) -> int:
    """The Gray code of a number >= 0: neighbours differ in one bit."""
    return number ^ (number >> 1)


def from_gray(code: int) -> int:
    """Reverses `gray`."""
    number = 0
    while code:
        number ^= code
        code >>= 1
    return number
