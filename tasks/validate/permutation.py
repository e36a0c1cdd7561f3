"""A second opinion without a distribution: the blocked paired permutation test."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tasks.records.score import Evaluation
from tasks.validate.pairs import pair

EXACT_UNITS = 14
"""Up to this many units all 2^units sign patterns are enumerated."""

_CHUNK = 512
_TIE = 1e-12


def permutation_p(
    candidate: Evaluation,
    reference: Evaluation,
    sign: int,
    *,
    unit: Literal["group", "item"] = "group",
    draws: int = 9999,
    seed: int = 0,
) -> float:
    """One-sided p-value under the sharp null that the two are exchangeable within each unit.

    Each unit's candidate and reference change places with probability one half. With whole groups
    as units this holds under any dependence within a group, but cannot go below 2^-groups; with
    items it is sharper, and right only where the change acts on items independently. Exact up to
    14 units, beyond that from `draws` patterns by (1 + hits) / (1 + draws) (Phipson & Smyth 2010).
    """
    pairs = pair(candidate.items, reference.items, sign)
    codes = pairs.codes if unit == "group" else np.arange(len(pairs.differences))
    sums = np.bincount(codes, weights=pairs.differences).astype(np.float64)
    sums = sums[sums != 0]
    if not len(sums):
        return 1.0
    observed = sums.sum() - _TIE * np.abs(sums).sum()
    if len(sums) <= EXACT_UNITS:
        return float(np.mean(_all_patterns(len(sums)) @ sums >= observed))
    return _sampled(sums, float(observed), draws, seed)


def _all_patterns(units: int) -> NDArray[np.float64]:
    bits = (np.arange(2**units)[:, None] >> np.arange(units)) & 1
    return np.where(bits == 1, -1.0, 1.0)


def _sampled(sums: NDArray[np.float64], observed: float, draws: int, seed: int) -> float:
    random, hits, left = np.random.default_rng(seed), 0, draws
    while left:
        size = min(left, _CHUNK)
        signs = 1.0 - 2.0 * random.integers(0, 2, (size, len(sums)))
        hits += int(np.sum(signs @ sums >= observed))
        left -= size
    return (1 + hits) / (1 + draws)
