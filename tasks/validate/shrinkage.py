"""Shrinkage: whether a gain on items that the search saw shows on those that it did not see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tasks.records.score import Evaluation
from tasks.validate.pairs import pair

LEVEL = 0.005
"""The chance that a gain which is alike on all items is taken for one on seen items only.

A run accepts about ten changes: one real gain in twenty runs is lost so (Bonferroni).
"""
NOT_SHOWN = "its gain on items that the search saw does not show on those that it did not see"


@dataclass(frozen=True)
class Shrinkage:
    """Mean gains on the two parts, positive is better, and the error of their difference."""

    search: float
    select: float
    error: float

    @property
    def contradicts(self) -> bool:
        """Whether the select part speaks against the gain.

        It does where its own gain is below zero, or smaller than that of the search part by more
        than the deal explains: search - select > z(1 - LEVEL) error. That difference has nothing
        to do with the gain on all items together, on which a candidate is accepted: for parts of a
        random deal the two are uncorrelated, so that the winner's curse of picking the best of
        many by it (Efron 2011, "Tweedie's formula and selection bias") falls on both parts alike,
        and a real gain is refused for its shrinkage with probability LEVEL.
        """
        reach = NormalDist().inv_cdf(1 - LEVEL) * self.error
        return self.select < 0 or self.search - self.select > max(reach, 0.0)


def shrinkage(search: NDArray[np.float64], select: NDArray[np.float64]) -> Shrinkage:
    """From the item differences of either part, two items at the least in all.

    The comparison of training and holdout means by which a reusable holdout tells overfitting
    (Dwork et al. 2015, "The reusable holdout", Science 349). Its threshold is the error over all
    deals of these items (Pitman 1937): s^2 (1/n1 + 1/n2) with the variance s^2 of all of them.
    Items were dealt one by one, and then the error of the comparison is that of the items, however
    alike those of a group are (Abadie, Athey, Imbens & Wooldridge 2023, "When should you adjust
    standard errors for clustering?", Q. J. Econ. 138).
    """
    spread = float(np.concatenate([search, select]).var(ddof=1))
    error = (spread * (1 / len(search) + 1 / len(select))) ** 0.5
    return Shrinkage(float(search.mean()), float(select.mean()), error)


def overfit(
    candidate: Evaluation, reference: Evaluation, select: Collection[str], sign: int
) -> str:
    """What the select part says against a gain on all items, in words; empty when nothing.

    Nothing is said without a select part. Raises StageError when the items do not match.
    """
    if not select:
        return ""
    parts = []
    for chosen in (False, True):
        new, old = (
            [entry for entry in evaluation.items if (entry.item in select) == chosen]
            for evaluation in (candidate, reference)
        )
        parts.append(pair(new, old, sign).differences)
    found = shrinkage(*parts)
    if not found.contradicts:
        return ""
    gains = (found.search, found.select)
    words = [f"{gain:+.4f} on {len(part)}" for gain, part in zip(gains, parts, strict=True)]
    return f"{NOT_SHOWN}: {' and '.join(words)}"
