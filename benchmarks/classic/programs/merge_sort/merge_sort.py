"""Merge sort: a stable sort in O(n log n), and merging of sorted lists."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any


def merge(left: list[Any], right: list[Any], key: Callable[[Any], Any]) -> list[Any]:
    """Merges two lists that are sorted by `key`; on ties the left item comes first."""
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if key(right[j]) < key(left[i]):
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    merged.extend(left[i:])
    merged.extend(right[j:])
    return merged


def merge_sort(
    items: list[Any], key: Callable[[Any], Any] | None = None, reverse: bool = False
) -> list[Any]:
    """Returns a sorted copy; equal items keep their order, also when `reverse` is set."""
    if key is None:
        key = _identity
    if reverse:
        return _sorted(items[::-1], key)[::-1]
    return _sorted(items, key)


def is_sorted(items: list[Any], key: Callable[[Any], Any] | None = None) -> bool:
    """Whether no item is smaller than the one before it."""
    measure = key or _identity
    return all(not measure(b) < measure(a) for a, b in itertools.pairwise(items))


def _sorted(items: list[Any], key: Callable[[Any], Any]) -> list[Any]:
    if len(items) < 2:
        return list(items)
    middle = len(items) // 2
    return merge(_sorted(items[:middle], key), _sorted(items[middle:], key), key)


def _identity(item: Any) -> Any:
    return item
