"""Racing: after part of the items, stop a candidate that is clearly worse, or does nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from tasks.records.score import ItemScore
from tasks.validate.jackknife import ClusteredMean, clustered_mean
from tasks.validate.pairs import pair

BETA = 0.05
"""Largest chance, over all looks, that a candidate that is no worse is stopped."""
DESIGN_EFFECT = 3.0
"""How much larger than item by item the variance of a gain is taken to be at the least.

Covers gains that differ between groups by up to 1.4 times their sampling error within one.
"""
FUTILE_ITEMS = 100
"""Unchanged items that call a candidate idle: more than 3 % of items changed is then unlikely."""
FEWEST_ITEMS = 30
"""Items below which no clear loser is called."""
_FEWEST_FOR_THREE, _FEWEST_FOR_TWO = 6, 4


@dataclass(frozen=True)
class StopDecision:
    """Whether to stop, and why, in a sentence."""

    stop: bool
    reason: str = ""


def looks(groups: Mapping[str, int], seed: int, most: int = 3) -> tuple[tuple[str, ...], ...]:
    """Deals groups (name to number of items) into the batches of up to `most` looks, three at most.

    Never fewer than two groups a look. Small groups come first, so that a loser is cheap; among
    equal ones the seed decides. Fewer than six groups give two looks, fewer than four a single
    one.
    """

    def order(group: str) -> tuple[int, bytes]:
        return groups[group], sha256(f"{seed}\x1f{group}".encode()).digest()

    names = sorted(groups, key=order)
    count = 3 if len(names) >= _FEWEST_FOR_THREE else 2 if len(names) >= _FEWEST_FOR_TWO else 1
    count = min(count, most)
    edges = [round(len(names) * part / count) for part in range(count + 1)]
    batches = (tuple(names[a:b]) for a, b in pairwise(edges))
    return tuple(batch for batch in batches if batch)


def should_stop(
    candidate: Iterable[ItemScore],
    reference: Iterable[ItemScore],
    sign: int,
    look: int,
    total: int,
) -> StopDecision:
    """Decides after look number `look` (from 0) of `total`, on all items that were run so far.

    A loser is stopped when the upper bound of its gain is below zero. Each look before the last
    gets an equal part of BETA (Bonferroni, so any dependence between looks is covered). Two or
    four groups are too few for their own variance alone, so the error is the larger of the
    clustered one and of the items' with DESIGN_EFFECT. Stopping is a saving and never
    evidence for acceptance: the dev test of those that go on is unaffected.

    Futility: not one score changed on FUTILE_ITEMS items or more. The last look never stops: its
    items are all paid for. Raises StageError when the items do not match (see `pairs.py`).
    """
    if look + 1 >= total:
        return StopDecision(False)
    pairs = pair(candidate, reference, sign)
    if len(pairs.differences) >= FUTILE_ITEMS and not pairs.differences.any():
        return StopDecision(True, f"no score changed on {len(pairs.differences)} items")
    estimate = clustered_mean(pairs.differences, pairs.codes)
    items = clustered_mean(pairs.differences, np.arange(len(pairs.differences)))
    bound = loss_bound(estimate, items, total)
    if estimate.n < FEWEST_ITEMS or bound >= 0:
        return StopDecision(False)
    return StopDecision(
        True,
        f"clearly worse after look {look + 1} of {total}: {estimate.mean:+.4f} on {estimate.n} "
        f"items of {estimate.groups} groups, at best {bound:+.4f}",
    )


def loss_bound(clustered: ClusteredMean, items: ClusteredMean, total: int) -> float:
    """The upper bound of the gain at one interim look; below zero is a clear loser."""
    error = max(clustered.standard_error, DESIGN_EFFECT**0.5 * items.standard_error)
    return float(clustered.mean + NormalDist().inv_cdf(1 - BETA / (total - 1)) * error)
