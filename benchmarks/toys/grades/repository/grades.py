"""Grades of a class."""


def mean(points):
    """The mean; 0 of nothing."""
    if not points:
        return 0
    total = 0
    for value in points:
        total += value
    return total // len(points)


def best(points, count=1):
    """The `count` best, best first."""
    return sorted(points)[:count]


def passed(points, limit=50):
    """How many reach the limit."""
    return sum(1 for value in points if value >= limit)
