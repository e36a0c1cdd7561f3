"""Bands: curves of the best so far, averaged over seeds, with intervals over them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from statistics import fmean, stdev

from tasks.records.comparison import Band
from tasks.records.score import Interval
from tasks.validate.student import quantile

FEWEST_SEEDS = 3
"""Seeds from which on an interval over them is given."""
MOST_POINTS = 60

Steps = Sequence[tuple[float, float]]
"""What had been spent, and the best from there on, in order of the former."""


def band(curves: Sequence[Steps], level: float = 0.95) -> tuple[Band, ...]:
    """The mean of step curves at every place where one of them steps, MOST_POINTS at most.

    A curve that has ended keeps its best: it would have found nothing more. The interval is
    Student's, over seeds. Raises ValueError for a curve without a point.
    """
    if not curves:
        return ()
    if not all(curves):
        raise ValueError("a curve has no point")
    places = sorted({x for curve in curves for x, _ in curve})
    if len(places) > MOST_POINTS:
        pace = (len(places) - 1) / (MOST_POINTS - 1)
        places = [places[round(number * pace)] for number in range(MOST_POINTS)]
    return tuple(_at(curves, x, level) for x in places)


def _at(curves: Sequence[Steps], x: float, level: float) -> Band:
    values = [_value(curve, x) for curve in curves]
    mean, interval = fmean(values), None
    if len(values) >= FEWEST_SEEDS:
        error = stdev(values) / len(values) ** 0.5
        reach = quantile((1 + level) / 2, len(values) - 1) * error
        interval = Interval(low=mean - reach, high=mean + reach, level=level)
    return Band(x=x, mean=mean, interval=interval, n=len(values))


def _value(curve: Steps, x: float) -> float:
    place = bisect_right([at for at, _ in curve], x)
    return curve[max(place - 1, 0)][1]
