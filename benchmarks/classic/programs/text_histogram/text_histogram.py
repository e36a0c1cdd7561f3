"""Counts words and draws the counts as bars."""

from __future__ import annotations

import re

STOP_WORDS = frozenset({"a", "an", "and", "in", "is", "it", "of", "on", "the", "to"})


def words(text: str) -> list[str]:
    """The words of a text in lower case; an apostrophe inside of a word belongs to it."""
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)*", text.lower())


def count(text: str, stop_words: frozenset[str] = STOP_WORDS) -> dict[str, int]:
    """How often each word occurs, stop words left out."""
    counts: dict[str, int] = {}
    for word in words(text):
        if word not in stop_words:
            counts[word] = counts.get(word, 0) + 1
    return counts


def most_common(counts: dict[str, int], limit: int) -> list[tuple[str, int]]:
    """The `limit` highest counts, the highest first; alphabetical on a tie."""
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return ordered[:limit]


def bars(counts: dict[str, int], limit: int = 10, width: int = 20) -> list[str]:
    """Lines such as "word  ##### 5"; the highest count gets `width` signs, others their share.

    Words are padded to the longest one shown, and every bar has one sign at least.
    """
    top = most_common(counts, limit)
    if not top:
        return []
    highest = top[0][1]
    longest = max(len(word) for word, _ in top)
    lines = []
    for word, number in top:
        length = max(1, round(number * width / highest))
        lines.append(f"{word:<{longest}} {'#' * length} {number}")
    return lines


def by_length(text: str) -> dict[int, int]:
    """How many words there are of each length, ascending by length."""
    lengths: dict[int, int] = {}
    for word in words(text):
        lengths[len(word)] = lengths.get(len(word), 0) + 1
    return dict(sorted(lengths.items()))


def mean_length(text: str) -> float:
    """The mean number of letters of a word; 0.0 without words."""
    found = words(text)
    if not found:
        return 0.0
    return sum(len(word) for word in found) / len(found)
