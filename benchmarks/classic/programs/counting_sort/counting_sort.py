"""Sorting of whole numbers without comparisons: counting sort and radix sort."""


def counting_sort(numbers):
    """A sorted copy of whole numbers, negative ones included; time O(n + range)."""
    if not numbers:
        return []
    low, high = min(numbers), max(numbers)
    counts = [0] * (high - low + 1)
    for number in numbers:
        counts[number - low] += 1
    result = []
    for offset, count in enumerate(counts):
        result.extend([low + offset] * count)
    return result


def sort_by_digit(numbers, place, base):
    """Stable sort of numbers >= 0 by one digit; `place` is 1, base, base squared and so on."""
    buckets = [[] for _ in range(base)]
    for number in numbers:
        buckets[number // place % base].append(number)
    return [number for bucket in buckets for number in bucket]


def radix_sort(numbers, base=10):
    """A sorted copy, digit by digit from the lowest; negative numbers are sorted apart."""
    if base < 2:
        raise ValueError(f"base must be 2 or more, not {base}")
    negative = [-number for number in numbers if number < 0]
    positive = [number for number in numbers if number >= 0]
    return [-n for n in reversed(_radix(negative, base))] + _radix(positive, base)


def _radix(numbers, base):
    place = 1
    while numbers and place <= max(numbers):
        numbers = sort_by_digit(numbers, place, base)
        place *= base
    return numbers


def ranks(numbers):
    """The dense rank of every number: 1 for the smallest value, equal numbers share a rank."""
    order = {}
    for number in counting_sort(numbers):
        if number not in order:
            order[number] = len(order) + 1
    return [order[number] for number in numbers]
