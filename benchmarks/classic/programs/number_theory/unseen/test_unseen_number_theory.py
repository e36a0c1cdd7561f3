import math
import random

import pytest
from number_theory import chinese_remainder, extended_gcd, gcd, inverse, lcm, power


@pytest.mark.parametrize("seed", range(8))
def test_agrees_with_the_standard_library(seed):
    draw = random.Random(seed)
    for _ in range(30):
        a, b = draw.randint(-200, 200), draw.randint(-200, 200)
        assert gcd(a, b) == math.gcd(a, b)
        assert lcm(a, b) == math.lcm(a, b)
        assert isinstance(lcm(a, b), int)
        modulus, exponent = draw.randint(1, 60), draw.randint(0, 90)
        assert power(a, exponent, modulus) == pow(a, exponent, modulus)
        divisor, x, y = extended_gcd(abs(a), abs(b))
        assert divisor == math.gcd(a, b) == abs(a) * x + abs(b) * y


@pytest.mark.parametrize("modulus", [2, 5, 12, 36, 97])
def test_every_inverse(modulus):
    for number in range(-modulus, 2 * modulus):
        if math.gcd(number, modulus) == 1:
            assert inverse(number, modulus) == pow(number, -1, modulus)
            assert power(number, -3, modulus) == pow(number, -3, modulus)
        else:
            with pytest.raises(ValueError, match=f"{number} has no inverse modulo {modulus}"):
                inverse(number, modulus)


@pytest.mark.parametrize("seed", range(6))
def test_remainders_by_brute_force(seed):
    draw = random.Random(seed)
    moduli = draw.sample([2, 3, 5, 7, 11], 3)
    remainders = [draw.randrange(m) for m in moduli]
    wanted = next(
        n
        for n in range(math.prod(moduli))
        if all(n % m == r for m, r in zip(moduli, remainders, strict=True))
    )
    assert chinese_remainder(remainders, moduli) == wanted


def test_gcd_of_zeros():
    assert gcd(0, 0) == 0
    assert gcd(-5, 0) == 5
    assert lcm(0, 0) == 0
    assert lcm(7, 0) == 0


def test_power_modulo_one_is_zero():
    assert power(5, 0, 1) == 0
    assert power(5, 3, 1) == 0


def test_remainder_of_nothing_and_of_one():
    assert chinese_remainder([], []) == 0
    assert chinese_remainder([3], [5]) == 3


def test_lists_of_other_lengths():
    with pytest.raises(ValueError):
        chinese_remainder([1], [2, 3])


def test_moduli_with_a_common_divisor():
    with pytest.raises(ValueError, match="no inverse"):
        chinese_remainder([1, 3], [4, 6])
