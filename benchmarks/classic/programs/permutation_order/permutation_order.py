"""Permutations in lexicographic order: the next one, the rank, and the one of a rank."""

from math import factorial


def next_permutation(items):
    """The next larger arrangement of a list, or None after the last one; equal items are fine."""
    result = list(items)
    pivot = len(result) - 2
    while pivot >= 0 and result[pivot] >= result[pivot + 1]:
        pivot -= 1
    if pivot < 0:
        return None
    swap = len(result) - 1
    while result[swap] <= result[pivot]:
        swap -= 1
    result[pivot], result[swap] = result[swap], result[pivot]
    result[pivot + 1 :] = reversed(result[pivot + 1 :])
    return result


def permutations(items):
    """All different arrangements, in order."""
    current = sorted(items)
    while current is not None:
        yield current
        current = next_permutation(current)


def rank(permutation):
    """How many arrangements of the same distinct items come before this one."""
    total = 0
    for index, item in enumerate(permutation):
        rest = permutation[index + 1 :]
        smaller = sum(1 for other in rest if other < item)
        total += smaller * factorial(len(rest))
    return total


def unrank(items, number):
    """The arrangement of distinct items with this rank. Raises IndexError out of range."""
    left = sorted(items)
    if not 0 <= number < factorial(len(left)):
        raise IndexError(number)
    result = []
    while left:
        index, number = divmod(number, factorial(len(left) - 1))
        result.append(left.pop(index))
    return result


def inversions(items):
    """The number of pairs that stand in the wrong order."""
    return sum(
        1 for i in range(len(items)) for j in range(i + 1, len(items)) if items[i] > items[j]
    )


def cycles(permutation):
    """The cycles of a permutation of 0..n-1 that are longer than 1, each from its least number."""
    seen = set()
    result = []
    for start in range(len(permutation)):
        cycle = []
        at = start
        while at not in seen:
            seen.add(at)
            cycle.append(at)
            at = permutation[at]
        if len(cycle) > 1:
            result.append(cycle)
    return result
