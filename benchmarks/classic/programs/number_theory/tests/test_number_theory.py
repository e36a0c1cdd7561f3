import pytest
from number_theory import chinese_remainder, extended_gcd, gcd, inverse, lcm, power


@pytest.mark.parametrize(("a", "b", "expected"), [(12, 18, 6), (17, 5, 1), (0, 4, 4), (-8, 12, 4)])
def test_gcd(a, b, expected):
    assert gcd(a, b) == expected


@pytest.mark.parametrize(("a", "b", "expected"), [(4, 6, 12), (0, 3, 0), (-2, 3, 6)])
def test_lcm(a, b, expected):
    assert lcm(a, b) == expected


def test_extended_gcd():
    divisor, x, y = extended_gcd(240, 46)
    assert divisor == 2
    assert 240 * x + 46 * y == 2


def test_inverse():
    assert inverse(3, 7) == 5


def test_no_inverse():
    with pytest.raises(ValueError):
        inverse(4, 8)


@pytest.mark.parametrize(
    ("base", "exponent", "modulus", "expected"), [(2, 10, 1000, 24), (5, 0, 7, 1)]
)
def test_power(base, exponent, modulus, expected):
    assert power(base, exponent, modulus) == expected


def test_negative_power():
    assert power(3, -1, 7) == 5


def test_chinese_remainder():
    assert chinese_remainder([2, 3, 2], [3, 5, 7]) == 23
