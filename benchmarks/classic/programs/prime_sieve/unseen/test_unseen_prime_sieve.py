import math

import pytest
from prime_sieve import divisors, factorise, goldbach, is_prime, primes_up_to, totient


def prime_by_trial(number):
    return number > 1 and all(number % d for d in range(2, number))


@pytest.mark.parametrize("limit", [-3, 0, 1, 2, 3, 4, 8, 9, 24, 25, 26, 48, 49, 50, 121, 122])
def test_sieve_by_trial_division(limit):
    assert primes_up_to(limit) == [n for n in range(limit + 1) if prime_by_trial(n)]


@pytest.mark.parametrize("start", [1, 61, 121, 181])
def test_every_number_of_a_range(start):
    for number in range(start, start + 60):
        factors = factorise(number)
        assert math.prod(p**e for p, e in factors.items()) == number
        assert all(prime_by_trial(p) for p in factors)
        assert list(factors) == sorted(factors)
        assert is_prime(number) == prime_by_trial(number)
        assert divisors(number) == [d for d in range(1, number + 1) if number % d == 0]
        assert isinstance(totient(number), int)
        assert totient(number) == sum(math.gcd(n, number) == 1 for n in range(1, number + 1))


@pytest.mark.parametrize("number", [4, 6, 8, 10, 12, 38, 98, 100, 220])
def test_goldbach_has_the_smallest_first_prime(number):
    expected = next(
        (p, number - p)
        for p in range(2, number)
        if prime_by_trial(p) and prime_by_trial(number - p)
    )
    assert goldbach(number) == expected


@pytest.mark.parametrize("number", [-4, 0, 2, 9])
def test_goldbach_refuses(number):
    with pytest.raises(ValueError, match="above 2"):
        goldbach(number)


@pytest.mark.parametrize("number", [0, -1, -12])
def test_factorise_refuses(number):
    with pytest.raises(ValueError, match=str(number)):
        factorise(number)
    assert is_prime(number) is False


def test_large_prime_and_square():
    assert factorise(9973**2) == {9973: 2}
    assert factorise(2 * 9973) == {2: 1, 9973: 1}
