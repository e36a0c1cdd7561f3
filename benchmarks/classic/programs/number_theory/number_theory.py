"""Divisors and modular arithmetic."""

from __future__ import annotations


def gcd(a: int, b: int) -> int:
    """The greatest common divisor, never negative; gcd(0, 0) is 0."""
    while b:
        a, b = b, a % b
    return abs(a)


def lcm(a: int, b: int) -> int:
    """The least common multiple, never negative; 0 when either number is 0."""
    if a == 0 or b == 0:
        return 0
    return abs(a * b) // gcd(a, b)


def extended_gcd(a: int, b: int) -> tuple[int, int, int]:
    """(g, x, y) with a * x + b * y == g, the greatest common divisor of a, b >= 0."""
    x, next_x = 1, 0
    y, next_y = 0, 1
    while b:
        quotient = a // b
        a, b = b, a - quotient * b
        x, next_x = next_x, x - quotient * next_x
        y, next_y = next_y, y - quotient * next_y
    return a, x, y


def inverse(number: int, modulus: int) -> int:
    """The inverse of `number` modulo `modulus`. Raises ValueError when there is none."""
    divisor, x, _ = extended_gcd(number % modulus, modulus)
    if divisor != 1:
        raise ValueError(f"{number} has no inverse modulo {modulus}")
    return x % modulus


def power(base: int, exponent: int, modulus: int) -> int:
    """base ** exponent % modulus by repeated squaring; negative exponents use the inverse."""
    if exponent < 0:
        return power(inverse(base, modulus), -exponent, modulus)
    result = 1 % modulus
    base %= modulus
    while exponent > 0:
        if exponent % 2 == 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent //= 2
    return result


def chinese_remainder(remainders: list[int], moduli: list[int]) -> int:
    """The smallest number >= 0 with these remainders; the moduli share no divisor."""
    total, product = 0, 1
    for remainder, modulus in zip(remainders, moduli, strict=True):
        step = (remainder - total) * inverse(product, modulus) % modulus
        total += step * product
        product *= modulus
    return total
