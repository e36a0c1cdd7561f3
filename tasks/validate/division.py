"""Dividing the development items: what the search sees, and what only selects among its best."""

from __future__ import annotations

import math
from collections.abc import Mapping
from hashlib import sha256

FEWEST = 20
"""Items that the select part must have, or there is none: fewer have nothing to say."""


def divide(strata: Mapping[str, tuple[str, ...]], share: float, seed: int) -> frozenset[str]:
    """The items of the select part: this share of every stratum, up to rounding.

    `strata` maps an item to what it is told apart by, such as its group and its slices. A
    systematic sample of the items in order of their strata, with a random start (implicit
    stratification: Cochran 1977, "Sampling Techniques", chapter 8): within a stratum the digest of
    seed and item decides, so that the same contract divides alike on every machine. Empty where
    the part would have fewer than `FEWEST` items.
    """
    if round(share * len(strata)) < FEWEST:
        return frozenset()
    order = sorted(strata, key=lambda item: (strata[item], _digest(seed, item)))
    start = int.from_bytes(_digest(seed, "")[:8], "big") / 2**64
    marks = [math.floor(start + share * place) for place in range(len(order) + 1)]
    return frozenset(item for place, item in enumerate(order) if marks[place + 1] > marks[place])


def _digest(seed: int, item: str) -> bytes:
    return sha256(f"select\x1f{seed}\x1f{item}".encode()).digest()
