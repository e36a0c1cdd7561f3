"""A mean over items with the standard error of its clusters: the delete-one-group jackknife."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tasks.records.score import Interval
from tasks.validate.student import quantile, upper_tail

ROUNDING = 1e-12
"""Standard errors below this share of the values' size are rounding, and count as zero."""


@dataclass(frozen=True)
class ClusteredMean:
    """A mean with its CV3 standard error.

    `degrees` are the effective ones: groups minus one when groups are of one size, else fewer.
    With a single group nothing can be said about other groups: `groups` is then 1, and the error
    is that of the items within it.
    """

    mean: float
    standard_error: float
    degrees: float
    n: int
    groups: int

    def interval(self, level: float) -> Interval:
        """The two-sided t interval; a point when no group differs from another."""
        reach = quantile((1 + level) / 2, self.degrees) * self.standard_error
        return Interval(low=self.mean - reach, high=self.mean + reach, level=level)

    def p_above(self) -> float:
        """One-sided p-value of 'the mean is zero or less'; exact when no group differs."""
        if self.standard_error == 0:
            return 0.0 if self.mean > 0 else 1.0
        return upper_tail(self.mean / self.standard_error, self.degrees)


def codes_of(groups: Sequence[str]) -> NDArray[np.intp]:
    """Group names as whole numbers from 0."""
    _, codes = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    return codes.astype(np.intp)


def clustered_mean(values: NDArray[np.float64], codes: NDArray[np.intp]) -> ClusteredMean:
    """The mean of `values`, at least two of them, clustered by `codes` (every code occurs).

    CV3 of MacKinnon, Nielsen & Webb (2023, "Cluster-robust inference: a guide to empirical
    practice", J. Econometrics 232) for a regression on a constant, after Bell & McCaffrey (2002):
    V = (G-1)/G sum_g (mean without g - mean)^2, with t and the degrees of freedom of
    `effective_degrees`.
    """
    groups = int(codes.max()) + 1
    if groups == 1:
        codes = np.arange(len(values))
    counts, sums = np.bincount(codes), np.bincount(codes, weights=values)
    units, mean = len(counts), float(values.mean())
    without = (values.sum() - sums) / (len(values) - counts)
    error = float(np.sqrt((units - 1) / units * np.sum((without - mean) ** 2)))
    if error <= ROUNDING * float(np.abs(values).max()):
        error = 0.0
    return ClusteredMean(mean, error, effective_degrees(counts), len(values), groups)


def effective_degrees(sizes: NDArray[np.intp]) -> float:
    """Degrees of freedom of the CV3 variance for groups of these sizes; G-1 when all are equal.

    Satterthwaite's approximation, trace(M)^2 / trace(M^2), as Bell & McCaffrey (2002, "Bias
    reduction in standard errors for linear regression with multi-stage samples") and Imbens &
    Kolesar (2016) have it, under gains that differ by group, which is where t(G-1) is furthest
    off: with six conversations of 105 to 199 questions 4.4 degrees are left of 5. M is the
    quadratic form of the variance in the group sums, and is summed here without being formed.
    """
    share = sizes / sizes.sum()
    if sizes.min() == sizes.max():
        return float(len(sizes) - 1)
    weight, squares = (share / (1 - share)) ** 2, float(np.sum(share**2))
    own = squares - 2 * share
    trace = float(np.sum(weight * (1 + own)))
    zeroth, first, second = (float(np.sum(weight * share**power)) for power in range(3))
    square = (
        (squares * zeroth) ** 2
        + 2 * second * zeroth
        + 2 * first**2
        - 4 * squares * zeroth * first
        + float(np.sum(weight**2 * (1 + 2 * own)))
    )
    return min(max(1.0, trace**2 / square), len(sizes) - 1.0)
