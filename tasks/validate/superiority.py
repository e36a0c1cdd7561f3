"""Probability of superiority: how often one system does better on an item than another."""

from __future__ import annotations

import numpy as np

from tasks.records.score import Estimate, Evaluation, Interval
from tasks.validate.jackknife import clustered_mean
from tasks.validate.pairs import pair


def superiority(new: Evaluation, old: Evaluation, sign: int, sampled: bool = True) -> Estimate:
    """The chance that `new` beats `old` on an item, ties counting half: .5 is no difference.

    For pairs, as Grissom & Kim (2012) have it beside Vargha & Delaney's A; clustered by group (see
    `jackknife.py`), within 0 to 1. Where the items are all there are (`sampled` false) it is
    counted. Raises StageError as `compare` does.
    """
    pairs = pair(new.items, old.items, sign)
    wins = (np.sign(pairs.differences) + 1) / 2
    found = clustered_mean(wins, pairs.codes)
    bounds = Interval(low=found.mean, high=found.mean, level=1.0)
    if sampled:
        wide = found.interval(0.95)
        bounds = Interval(low=max(0.0, wide.low), high=min(1.0, wide.high))
    return Estimate(score=found.mean, interval=bounds, n=found.n, groups=found.groups)
