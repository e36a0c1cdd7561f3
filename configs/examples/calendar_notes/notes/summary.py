"""Counting notes."""

from collections import Counter


def per_month(notes):
    """Number of notes by `(year, month)`."""
    return Counter((note.day.year, note.day.month) for note in notes)


def busiest_month(notes):
    """The month with most notes; the earlier one on a tie; None without notes."""
    counts = per_month(notes)
    if not counts:
        return None
    return max(sorted(counts), key=lambda month: counts[month])


def longest_gap(notes):
    """The most days between one note and the next; 0 with fewer than two."""
    days = sorted(note.day for note in notes)
    return max(((b - a).days for a, b in zip(days, days[1:])), default=0)
