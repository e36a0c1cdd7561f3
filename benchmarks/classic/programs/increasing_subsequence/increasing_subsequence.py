"""Longest increasing runs and subsequences, and the largest sum of neighbours."""

from bisect import bisect_left


def longest_increasing(values):
    """One longest strictly increasing subsequence, in O(n log n)."""
    tails = []
    tail_index = []
    previous = [None] * len(values)
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        if at == len(tails):
            tails.append(value)
            tail_index.append(index)
        else:
            tails[at] = value
            tail_index[at] = index
        if at > 0:
            previous[index] = tail_index[at - 1]
    chain = []
    index = tail_index[-1] if tail_index else None
    while index is not None:
        chain.append(values[index])
        index = previous[index]
    return chain[::-1]


def longest_run(values):
    """The first of the longest stretches of neighbours that strictly increase."""
    best_start, best_length = 0, 0
    start = 0
    for index in range(len(values)):
        if index > 0 and values[index] <= values[index - 1]:
            start = index
        length = index - start + 1
        if length > best_length:
            best_start, best_length = start, length
    return values[best_start : best_start + best_length]


def largest_sum(values):
    """The largest sum of a non-empty stretch of neighbours (Kadane).

    Raises ValueError when there are no values.
    """
    if not values:
        raise ValueError("no values")
    best = current = values[0]
    for value in values[1:]:
        current = max(value, current + value)
        best = max(best, current)
    return best


def best_trade(prices):
    """The largest gain of buying once and selling later; 0 when prices only fall."""
    gain = 0
    lowest = None
    for price in prices:
        if lowest is None or price < lowest:
            lowest = price
        gain = max(gain, price - lowest)
    return gain
