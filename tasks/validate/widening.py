"""A difference with a second source of error: what it is made of was itself drawn at random."""

from __future__ import annotations

from tasks.records.score import Difference, ErrorTerms, Interval
from tasks.validate.student import quantile, upper_tail


def widened(difference: Difference, variance: float, degrees: float) -> Difference:
    """The difference with an error that adds `variance`, known on `degrees` of freedom, to its own.

    Independent errors add up; the degrees of freedom of the sum are those of Satterthwaite (1946).
    A counted difference has no error of its own, so that its interval is then no point any more.
    """
    if variance <= 0:
        return difference
    own, own_degrees = _own(difference)
    total = own + variance
    freedom = total**2 / (own**2 / own_degrees + variance**2 / degrees)
    error = total**0.5
    level = min(difference.interval.level, 0.95)
    reach = quantile((1 + level) / 2, freedom) * error
    items = difference.error.items if difference.error is not None else 0.0
    return difference.model_copy(
        update={
            "interval": Interval(
                low=difference.delta - reach, high=difference.delta + reach, level=level
            ),
            "p_value": upper_tail(difference.delta / error, freedom),
            "error": ErrorTerms(clustered=error, items=items, degrees=freedom),
        }
    )


def _own(difference: Difference) -> tuple[float, float]:
    """The variance of the difference itself with its degrees of freedom."""
    if difference.error is not None:
        return difference.error.clustered**2, difference.error.degrees
    degrees = max(1.0, difference.n - 1.0)
    interval = difference.interval
    if interval.exact:
        return 0.0, degrees
    reach = (interval.high - interval.low) / 2
    return (reach / quantile((1 + interval.level) / 2, degrees)) ** 2, degrees
