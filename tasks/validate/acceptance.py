"""Acceptance: the level each candidate is held to, so that many tries do not make luck a gain."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Literal

from tasks.records.base import Record
from tasks.records.score import Difference
from tasks.records.trial import Verdict

Outcome = Literal["accepted", "rejected", "indecisive"]
Control = Literal["fwer", "fdr"]

_HEAD = 4
"""Levels fall as 1/(position + 4): the best guesses are tried first, and get more."""


class Acceptance(Record):
    """The state of the correction: a pure function of the outcomes of the tests so far.

    `alpha` is the one-sided error for the whole run, `planned` how many candidates it may try.

    `fdr` (default): LORD++ (Ramdas et al. 2017), which bounds the expected share of false ones
    among the accepted at alpha. With nothing real to find, that is the chance of accepting
    anything at all; where much is real, later tests keep a level worth having. Proved for
    independent tests; benchmarks/false_accepts.py shows it for tests against one reference.

    `fwer`: the chance of even one false acceptance in the run is at most alpha, under
    any dependence between tests. Each position has a share of alpha; what an accepted candidate
    was held to goes into a pot, and each test takes half of the pot beside its own share. This is
    an online graphical procedure in the fallback family (Wiens 2003; Bretz et al. 2009; Tian &
    Ramdas 2021): levels only grow with acceptances and what is out at any time sums to alpha at
    most, so the union bound over true nulls holds. It is never below alpha spending by the same
    shares, and does not, as fallback does, stake all that was won on the very next test.
    """

    planned: int
    alpha: float = 0.05
    outcomes: tuple[Outcome, ...] = ()
    control: Control = "fdr"

    def level(self) -> float:
        """The one-sided level of the next test."""
        if self.control == "fdr":
            return self._lord_level()
        return self._pot_levels()[-1]

    def decide(self, difference: Difference) -> Outcome:
        """What the next test says.

        Accepted: the one-sided bound at this level excludes zero. Rejected: the two-sided interval
        lies below zero. Otherwise indecisive, which is no lesser verdict.
        """
        if difference.p_value <= self.level() and difference.delta > 0:
            return "accepted"
        return "rejected" if difference.interval.high < 0 else "indecisive"

    def after(self, outcome: Outcome) -> Acceptance:
        """The state once the next test came out so."""
        return self.model_copy(update={"outcomes": (*self.outcomes, outcome)})

    def _pot_levels(self) -> list[float]:
        total = sum(1 / (i + _HEAD) for i in range(1, self.planned + 1))
        pot, levels = 0.0, []
        for position in range(1, len(self.outcomes) + 2):
            share = 1 / (position + _HEAD) / total if position <= self.planned else 0.0
            levels.append(self.alpha * share + pot / 2)
            won = position <= len(self.outcomes) and self.outcomes[position - 1] == "accepted"
            pot = pot / 2 + (levels[-1] if won else 0.0)
        return levels

    def _lord_level(self) -> float:
        now, start = len(self.outcomes) + 1, self.alpha / 2
        wins = [i for i, outcome in enumerate(self.outcomes, 1) if outcome == "accepted"]
        weights = _lord_weights(self.planned)
        level = start * weights.get(now, 0.0)
        for number, win in enumerate(wins):
            won = self.alpha - (start if number == 0 else 0)
            level += won * weights.get(now - win, 0.0)
        return min(level, self.alpha)


@lru_cache(maxsize=16)
def _lord_weights(horizon: int) -> dict[int, float]:
    """Weight by age, summing to one over the horizon (shape of Javanmard & Montanari 2018)."""
    raw = {
        age: math.log(max(age, 2)) / (age * math.exp(math.sqrt(math.log(age))))
        for age in range(1, horizon + 1)
    }
    total = sum(raw.values())
    return {age: weight / total for age, weight in raw.items()}


def outcome_of(verdict: Verdict) -> Outcome:
    """How the dev test of a candidate came out, whatever became of the candidate later."""
    if verdict.verdict in {"accepted", "contradicted", "superseded", "traded"}:
        return "accepted"
    return "rejected" if verdict.verdict == "rejected" else "indecisive"


def contradicts(sealed: Difference) -> bool:
    """Whether the sealed split vetoes what dev accepted: its point estimate is below zero.

    Cheap in both errors beside a test that was passed already: a change without effect is vetoed
    about half of the time it gets here, a real gain almost never. No change at all is no veto. An
    interval would not do: with a few sealed groups it is so wide that it never speaks.
    """
    return sealed.delta < 0
