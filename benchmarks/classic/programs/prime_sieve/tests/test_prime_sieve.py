import pytest
from prime_sieve import divisors, factorise, goldbach, is_prime, primes_up_to, totient


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(1, []), (2, [2]), (10, [2, 3, 5, 7]), (25, [2, 3, 5, 7, 11, 13, 17, 19, 23])],
)
def test_primes_up_to(limit, expected):
    assert primes_up_to(limit) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(1, {}), (12, {2: 2, 3: 1}), (97, {97: 1}), (49, {7: 2})]
)
def test_factorise(number, expected):
    assert factorise(number) == expected


def test_cannot_factorise_zero():
    with pytest.raises(ValueError):
        factorise(0)


def test_is_prime():
    assert [n for n in range(12) if is_prime(n)] == [2, 3, 5, 7, 11]


def test_divisors():
    assert divisors(12) == [1, 2, 3, 4, 6, 12]


def test_totient():
    assert totient(9) == 6


def test_goldbach():
    assert goldbach(28) == (5, 23)


def test_goldbach_of_an_odd_number():
    with pytest.raises(ValueError):
        goldbach(7)
