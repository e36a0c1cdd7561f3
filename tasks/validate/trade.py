"""Trades: a gain overall that a slice pays for, such as refusing every question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tasks.records.score import Evaluation
from tasks.validate.pairs import Compare

FEWEST = 20
"""Items a slice must have before it can speak."""


def traded(
    candidate: Evaluation,
    reference: Evaluation,
    slices: Mapping[str, Mapping[str, str]],
    dimensions: Sequence[str],
    tolerance: float,
    difference: Compare,
) -> str:
    """The first declared slice that loses too much, in words; empty when none does.

    Too much is more than `tolerance` of the slice's score in the reference, by an interval that
    excludes zero. A metric's mean can be raised by giving up one kind of item for another; that
    is for the owner to decide, not for a search.
    """
    for dimension in dimensions:
        for value in sorted({of[dimension] for of in slices.values() if dimension in of}):
            held = {i for i, of in slices.items() if of.get(dimension) == value}
            new, old = candidate.among(held), reference.among(held)
            if len(new.items) < FEWEST:
                continue
            change = difference(new, old)
            if change.interval.high < 0 and -change.delta > tolerance * abs(old.mean):
                return f"{dimension} {value} pays: {old.mean:.3f} becomes {new.mean:.3f}"
    return ""
