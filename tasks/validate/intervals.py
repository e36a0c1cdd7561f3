"""An evaluation as it may be printed: means with intervals, overall and by slice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tasks.errors import StageError
from tasks.records.score import Estimate, Evaluation, ItemScore, Summary
from tasks.validate.jackknife import ClusteredMean, clustered_mean, codes_of

Slices = Mapping[str, Mapping[str, str]]
"""Item id to its slices: `{"q7": {"category": "temporal"}}`."""


def summarize(evaluation: Evaluation, slices: Slices, level: float = 0.95) -> Summary:
    """Means over items with cluster-robust intervals (see `jackknife.py`).

    A slice that lies in one group only gets the interval of its items, which `groups` = 1 tells;
    a slice of a single item has no interval and is left out. Raises StageError for fewer than two
    items in all.
    """
    if len(evaluation.items) < 2:
        raise StageError(
            f"{len(evaluation.items)} item(s) were scored: an interval needs two",
            "give the split more items",
        )
    members: dict[str, dict[str, list[ItemScore]]] = {}
    for score in evaluation.items:
        for dimension, value in slices.get(score.item, {}).items():
            members.setdefault(dimension, {}).setdefault(value, []).append(score)
    by_slice = {
        dimension: {
            value: estimate(scores, level)
            for value, scores in sorted(values.items())
            if len(scores) > 1
        }
        for dimension, values in sorted(members.items())
    }
    whole = estimate(evaluation.items, level)
    return Summary(**dict(whole), by_slice=by_slice)


def estimate(scores: Sequence[ItemScore], level: float = 0.95) -> Estimate:
    """The mean of two scores or more with its cluster-robust interval."""
    values = np.asarray([score.score for score in scores], dtype=np.float64)
    found: ClusteredMean = clustered_mean(values, codes_of([score.group for score in scores]))
    return Estimate(
        score=found.mean, interval=found.interval(level), n=found.n, groups=found.groups
    )
