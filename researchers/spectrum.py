"""How far 'ran through here' goes with 'lost score', for real-valued losses, with uncertainty.

Ochiai's coefficient as used for faults by Abreu et al. (2006) is the root of precision times
recall; here both are taken at the lower end of Wilson's interval (1927), so that few items claim
little. Beside it stands the point-biserial correlation, at the lower end of Fisher's interval.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

CAUTION = 0.84
"""Standard normal quantile of the lower ends: one-sided 80 %."""
OCHIAI = 0.6
"""Its share in the evidence; the rest is correlation, which tells nothing where all items pass."""


class Spectrum:
    """Losses in 0 to 1 by item, and what a set of items tells about them."""

    def __init__(self, losses: Mapping[str, float]) -> None:
        self._losses = dict(losses)
        self._total = sum(losses.values())
        self._squares = sum(loss * loss for loss in losses.values())

    @property
    def total(self) -> float:
        """All that is lost."""
        return self._total

    @property
    def certainty(self) -> float:
        """How much any ranking by these items may claim, in 0 to 1."""
        items, lost = len(self._losses), self._total
        return items / (items + 2) * math.sqrt(lost / (lost + 0.5)) if items else 0.0

    def lost(self, items: Iterable[str]) -> float:
        """The loss of some items together."""
        return sum(self._losses.get(item, 0.0) for item in items)

    def evidence(self, items: Iterable[str]) -> float:
        """How far these items, and no others, are those that lose: 0 to 1."""
        through = [self._losses[item] for item in items if item in self._losses]
        lost = sum(through)
        if not lost:
            return 0.0
        ochiai = math.sqrt(_lower(lost, len(through)) * _lower(lost, self._total))
        correlation = max(0.0, self._correlation(lost, len(through)))
        return OCHIAI * ochiai + (1 - OCHIAI) * correlation

    def _correlation(self, lost: float, through: int) -> float:
        """The lower end of the point-biserial correlation of passing through and loss."""
        n = len(self._losses)
        spread = self._squares / n - (self._total / n) ** 2
        share = through / n
        if spread <= 1e-12 or share in (0.0, 1.0):
            return 0.0
        covariance = lost / n - share * self._total / n
        value = covariance / math.sqrt(spread * share * (1 - share))
        return math.tanh(math.atanh(min(value, 0.999)) - CAUTION / math.sqrt(max(n - 3, 1)))


class Scale:
    """Evidence of many places as suspicion: beside the best there is, as far as one may claim.

    Suspicion is drawn to `unknown` where certainty is small or where many places tie for the best.
    """

    def __init__(self, evidence: Mapping[str, float], certainty: float, unknown: float) -> None:
        self.evidence = evidence
        self._unknown = unknown
        self._best = max(evidence.values(), default=0.0)
        tied = sum(value >= 0.999 * self._best for value in evidence.values()) - 1
        self._claim = certainty * (1.0 - tied / max(1, len(evidence) - 1))

    def of(self, place: str) -> float:
        """Suspicion of a place that has evidence."""
        if self._best <= 0.0:
            return self._unknown
        return self._unknown + self._claim * (self.evidence[place] / self._best - self._unknown)


def share_interval(part: float, whole: float, quantile: float) -> tuple[float, float]:
    """Wilson's interval for a share; `quantile` is the standard normal one of either end."""
    share, square = min(1.0, part / whole), quantile * quantile / whole
    spread = quantile * math.sqrt(share * (1 - share) / whole + square / whole / 4)
    middle = share + square / 2
    return max(0.0, (middle - spread) / (1 + square)), min(1.0, (middle + spread) / (1 + square))


def _lower(part: float, whole: float) -> float:
    return share_interval(part, whole, CAUTION)[0]
