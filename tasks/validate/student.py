"""Student's t: its upper tail and its quantiles. SciPy is imported when first asked."""

from __future__ import annotations

from functools import lru_cache


def upper_tail(statistic: float, degrees: float) -> float:
    """P(T > statistic) with this many degrees of freedom, whole or not."""
    from scipy.special import stdtr  # type: ignore[import-untyped]

    return float(stdtr(degrees, -statistic))


@lru_cache(maxsize=256)
def quantile(probability: float, degrees: float) -> float:
    """The value that T stays below with this probability."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, probability))
