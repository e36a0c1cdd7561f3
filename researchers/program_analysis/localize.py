"""Spectrum localisation with real-valued scores: Ochiai where an item fails by 1 minus its score.

A. J. Ochiai's coefficient as used for faults by Abreu et al. (2006): the failing weight that passed
through a function, over the root of all failing weight times the number of items through it.
"""

from __future__ import annotations

import math

from researchers.program_analysis.program import Program

UNTRACED = 0.5
NEVER_RAN = 0.15


class Suspicion:
    """How suspicious every function is, in 0 to 1, by which items ran through it."""

    def __init__(self, program: Program) -> None:
        dossier = program.dossier
        scores = {sample.item: sample.score for sample in dossier.samples}
        low, high = min(scores.values(), default=0.0), max(scores.values(), default=1.0)
        span = (high - low) or 1.0
        worse = -1.0 if dossier.metric.direction.startswith("min") else 1.0
        self._weight = {
            i: (high - s if worse > 0 else s - low) / span for i, s in scores.items()
        }  # fmt: skip
        self._coverage = {k: frozenset(v) for k, v in dossier.trace.coverage.items()}
        self._ran = {f"{f.location.path}:{f.location.function}" for f in dossier.trace.flows}
        best = max((self._ochiai(key) for key in self._coverage), default=0.0)
        self._best = best or 1.0

    def of(self, path: str, function: str) -> float:
        """Suspicion of a function; `UNTRACED` where there is no trace or no function."""
        key = f"{path}:{function}"
        if not function or not (self._coverage or self._ran):
            return UNTRACED
        if key in self._coverage and self._weight:
            return 0.2 + 0.8 * self._ochiai(key) / self._best
        return 0.6 if key in self._ran or key in self._coverage else NEVER_RAN

    def _ochiai(self, key: str) -> float:
        through = self._coverage[key] & self._weight.keys()
        failing = sum(self._weight[item] for item in through)
        everything = sum(self._weight.values())
        return failing / math.sqrt(everything * len(through)) if failing else 0.0
