"""The paired difference of two evaluations: how much better, how sure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tasks.records.score import Difference, ErrorTerms, Evaluation
from tasks.validate.jackknife import ClusteredMean, clustered_mean
from tasks.validate.pairs import pair


def compare(
    candidate: Evaluation, reference: Evaluation, sign: int, level: float = 0.95
) -> Difference:
    """Candidate minus reference over the candidate's items; positive is better.

    The mean of the item differences, with the CV3 jackknife over groups and t with effective
    degrees of freedom: see `jackknife.py` for sources. With a single group the interval is over
    its items and says nothing about other groups. Raises StageError when the items do not match
    (see `pairs.py`).
    """
    pairs = pair(candidate.items, reference.items, sign)
    estimate = clustered_mean(pairs.differences, pairs.codes)
    return Difference(
        delta=estimate.mean,
        interval=estimate.interval(level),
        p_value=estimate.p_above(),
        n=estimate.n,
        groups=estimate.groups,
        error=_terms(pairs.differences, estimate),
    )


def _terms(differences: NDArray[np.float64], estimate: ClusteredMean) -> ErrorTerms | None:
    if estimate.groups < 2:
        return None
    items = float(differences.std(ddof=1)) / len(differences) ** 0.5
    return ErrorTerms(clustered=estimate.standard_error, items=items, degrees=estimate.degrees)
