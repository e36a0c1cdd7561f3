"""Moderated errors: what the other candidates of a run teach about the error of this one.

With six groups a variance is known to within a factor of three, and its t quantile is wide. The
candidates of one run differ from one reference on the same items, so their design effects (the
clustered variance over that of the items) are alike. Each is drawn towards what they have in
common, as Smyth (2004, "Linear models and empirical Bayes methods for assessing differential
expression in microarray experiments", Stat. Appl. Genet. Mol. Biol. 3) does for genes:

    s~^2 = (d0 s0^2 + d s^2) / (d0 + d),   tested with t on d0 + d degrees of freedom.

It cuts both ways: an error that came out small by luck grows, one that came out large shrinks.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from tasks.records.base import Record
from tasks.records.score import Difference, ErrorTerms, Interval
from tasks.validate.student import quantile, upper_tail

FEWEST = 5
"""Candidates below which nothing is pooled."""
STRONGEST = 2.0
"""The prior counts for at most this many times the degrees of freedom of a candidate's own error:
candidates are not independent, so their agreement overstates what is known."""


class ErrorPrior(Record):
    """What design effects have in common: their scale `s0^2`, worth `degrees` of freedom."""

    scale: float = 1.0
    degrees: float = 0.0


def error_prior(differences: Iterable[Difference]) -> ErrorPrior:
    """The prior from the differences of one run to their references; none where they are few.

    Smyth's moment estimates on the logarithm of the design effects. The scale is never below 1:
    groups do not cancel the sampling error of their items.
    """
    terms = [d.error for d in differences if d.error is not None and d.error.items > 0]
    known = [t for t in terms if t.clustered > 0]
    if len(known) < FEWEST:
        return ErrorPrior()
    from scipy.special import digamma, polygamma  # type: ignore[import-untyped]

    degrees = np.array([t.degrees for t in known])
    logs = np.log([(t.clustered / t.items) ** 2 for t in known])
    centred = logs - digamma(degrees / 2) + np.log(degrees / 2)
    spread = float(centred.var(ddof=1) - polygamma(1, degrees / 2).mean())
    own = float(np.median(degrees))
    worth = min(STRONGEST * own, 2 * _inverse_trigamma(spread)) if spread > 0 else STRONGEST * own
    scale = float(np.exp(centred.mean() + digamma(worth / 2) - np.log(worth / 2)))
    return ErrorPrior(scale=max(1.0, scale), degrees=worth)


def moderated(difference: Difference, prior: ErrorPrior) -> Difference:
    """The difference with its interval and p-value from the moderated error.

    One without error terms (a census, a single group) or without a prior is given back as it is.
    """
    terms = difference.error
    if terms is None or prior.degrees == 0 or terms.items == 0:
        return difference
    total = prior.degrees + terms.degrees
    own = (terms.clustered / terms.items) ** 2
    effect = max(1.0, (prior.degrees * prior.scale + terms.degrees * own) / total)
    error = terms.items * effect**0.5
    reach = quantile((1 + difference.interval.level) / 2, total) * error
    return difference.model_copy(
        update={
            "interval": Interval(
                low=difference.delta - reach,
                high=difference.delta + reach,
                level=difference.interval.level,
            ),
            "p_value": upper_tail(difference.delta / error, total),
            "error": ErrorTerms(clustered=error, items=terms.items, degrees=total),
        }
    )


def _inverse_trigamma(value: float) -> float:
    """The x with trigamma(x) = value > 0, by Newton's method on 1/trigamma (Smyth 2004)."""
    from scipy.special import polygamma

    x = 0.5 + 1 / value
    for _ in range(50):
        trigamma = float(polygamma(1, x))
        step = trigamma * (1 - trigamma / value) / float(polygamma(2, x))
        x += step
        if -step / x < 1e-8:
            break
    return x
