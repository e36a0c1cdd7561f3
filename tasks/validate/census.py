"""The difference where the items are the whole population, as a repository's own tests are."""

from __future__ import annotations

from collections.abc import Mapping

from tasks.records.score import Difference, Estimate, Evaluation, Interval, Summary
from tasks.validate.intervals import summarize
from tasks.validate.pairs import pair


def census(candidate: Evaluation, reference: Evaluation, sign: int) -> Difference:
    """The exact difference: nothing is sampled, so nothing is estimated.

    For deterministic items that are all there is. The interval is a point. The p-value is 0 when
    some item got better and none worse, and 1 otherwise: a gain that is paid for with another item
    is a trade, which nobody but the owner can weigh. Raises StageError as `compare` does.
    """
    pairs = pair(candidate.items, reference.items, sign)
    delta = float(pairs.differences.mean())
    dominates = bool((pairs.differences >= 0).all() and (pairs.differences > 0).any())
    return Difference(
        delta=delta,
        interval=Interval(low=delta, high=delta, level=1.0),
        p_value=0.0 if dominates else 1.0,
        n=len(pairs.differences),
        groups=pairs.groups,
    )


def count(evaluation: Evaluation, slices: Mapping[str, Mapping[str, str]]) -> Summary:
    """The summary of a whole population: means without sampling error, intervals are points."""
    estimated = summarize(evaluation, slices)
    return estimated.model_copy(
        update={
            "interval": _point(estimated),
            "by_slice": {
                dimension: {
                    value: entry.model_copy(update={"interval": _point(entry)})
                    for value, entry in values.items()
                }
                for dimension, values in estimated.by_slice.items()
            },
        }
    )


def _point(estimate: Estimate) -> Interval:
    return Interval(low=estimate.score, high=estimate.score, level=1.0)
