"""Primes: the sieve of Eratosthenes, factorisation and what follows from it."""


def primes_up_to(limit):
    """All primes not above `limit`, ascending."""
    if limit < 2:
        return []
    is_prime = [True] * (limit + 1)
    is_prime[0] = is_prime[1] = False
    candidate = 2
    while candidate * candidate <= limit:
        if is_prime[candidate]:
            for multiple in range(candidate * candidate, limit + 1, candidate):
                is_prime[multiple] = False
        candidate += 1
    return [number for number, prime in enumerate(is_prime) if prime]


def factorise(number):
    """The prime factors of a whole number of at least 1 with their exponents."""
    if number < 1:
        raise ValueError(f"cannot factorise {number}")
    factors = {}
    divisor = 2
    while divisor * divisor <= number:
        while number % divisor == 0:
            factors[divisor] = factors.get(divisor, 0) + 1
            number //= divisor
        divisor += 1
    if number > 1:
        factors[number] = factors.get(number, 0) + 1
    return factors


def is_prime(number):
    """Whether a whole number is prime; nothing below 2 is."""
    return number > 1 and factorise(number) == {number: 1}


def divisors(number):
    """All divisors, ascending."""
    result = [1]
    for prime, exponent in factorise(number).items():
        result = [d * prime**e for d in result for e in range(exponent + 1)]
    return sorted(result)


def totient(number):
    """How many of 1..number share no divisor with it (Euler)."""
    result = number
    for prime in factorise(number):
        result -= result // prime
    return result


def goldbach(number):
    """The two primes with the smallest first one that add up to an even number above 2."""
    if number <= 2 or number % 2:
        raise ValueError("only even numbers above 2")
    for prime in primes_up_to(number // 2):
        if is_prime(number - prime):
            return prime, number - prime
    raise AssertionError(f"{number} disproves Goldbach's conjecture")
