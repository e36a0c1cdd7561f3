"""Knuth-Morris-Pratt: finding a pattern without looking back in the text."""

from __future__ import annotations


def border_table(pattern: str) -> list[int]:
    """For every prefix the length of its longest border: a proper prefix that is a suffix too."""
    table = [0] * len(pattern)
    length = 0
    for index in range(1, len(pattern)):
        while length > 0 and pattern[index] != pattern[length]:
            length = table[length - 1]
        if pattern[index] == pattern[length]:
            length += 1
        table[index] = length
    return table


def find_all(text: str, pattern: str) -> list[int]:
    """Where the pattern starts, overlapping matches included. Raises ValueError if empty."""
    if not pattern:
        raise ValueError("the pattern is empty")
    table = border_table(pattern)
    found = []
    matched = 0
    for index, letter in enumerate(text):
        while matched > 0 and letter != pattern[matched]:
            matched = table[matched - 1]
        if letter == pattern[matched]:
            matched += 1
        if matched == len(pattern):
            found.append(index - matched + 1)
            matched = table[matched - 1]
    return found


def count(text: str, pattern: str, overlapping: bool = True) -> int:
    """How often the pattern occurs; without overlaps, matches are taken from the left."""
    total = 0
    free_from = 0
    for start in find_all(text, pattern):
        if overlapping or start >= free_from:
            total += 1
            free_from = start + len(pattern)
    return total


def period(text: str) -> int:
    """The length of the shortest piece that makes the text when repeated; 0 for no text."""
    if not text:
        return 0
    shortest = len(text) - border_table(text)[-1]
    return shortest if len(text) % shortest == 0 else len(text)


def is_rotation(a: str, b: str) -> bool:
    """Whether one text is the other one turned around."""
    return len(a) == len(b) and (not a or bool(find_all(a + a, b)))
