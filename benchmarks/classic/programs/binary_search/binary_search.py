"""Binary search in sorted sequences."""

from collections.abc import Sequence


def lower_bound(values: Sequence[float], target: float) -> int:
    """The first index whose value is not below `target`; the length when there is none."""
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < target:
            low = middle + 1
        else:
            high = middle
    return low


def upper_bound(values: Sequence[float], target: float) -> int:
    """The first index whose value is above `target`; the length when there is none."""
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] <= target:
            low = middle + 1
        else:
            high = middle
    return low


def find(values: Sequence[float], target: float) -> int | None:
    """The first index of `target`, or None."""
    at = lower_bound(values, target)
    if at < len(values) and values[at] == target:
        return at
    return None


def count_between(values: Sequence[float], low: float, high: float) -> int:
    """How many values lie between `low` and `high`, both included."""
    if low > high:
        return 0
    return upper_bound(values, high) - lower_bound(values, low)


def closest(values: Sequence[float], target: float) -> float:
    """The value nearest to `target`, the smaller one on a tie. Raises ValueError when empty."""
    if not values:
        raise ValueError("nothing to choose from")
    at = lower_bound(values, target)
    if at == 0:
        return values[0]
    if at == len(values):
        return values[-1]
    before, after = values[at - 1], values[at]
    return before if target - before <= after - target else after


def integer_root(number: int) -> int:
    """The largest whole number whose square is not above `number`."""
    if number < 0:
        raise ValueError("no root of a negative number")
    low, high = 0, number
    while low < high:
        middle = (low + high + 1) // 2
        if middle * middle <= number:
            low = middle
        else:
            high = middle - 1
    return low
