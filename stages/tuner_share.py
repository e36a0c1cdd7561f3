"""The tuner's part of a round: smaller the longer its settings have earned nothing."""

from __future__ import annotations

from stages.run import Run
from tasks.records.change import TUNER
from tasks.records.outputs import Allocation, Candidates, Decision

NUMBERS_SHARE = 0.15
"""The part of a round that goes to Optuna; the rest is for changes that a tuner cannot make."""
FLOOR = 0.25
"""Trials a round that are left to it whatever it has earned: one in four rounds."""


def tuner_trials(run: Run, share: int) -> int:
    """How many of the `share` trials of this round are the tuner's.

    NUMBERS_SHARE of them, one at least, halved for every round in a row in which it had trials and
    none of its settings was accepted, down to FLOOR. Less than one trial a round means one every
    second, third or fourth round. A setting that is accepted brings the whole part back.
    """
    if not run.target.hyperparameters:
        return 0
    barren, waited = _barren(run)
    if not barren:
        return max(1, round(share * NUMBERS_SHARE))
    part = max(FLOOR, share * NUMBERS_SHARE / 2**barren)
    return round(part) if part >= 1 else int(waited >= round(1 / part))


def _barren(run: Run) -> tuple[int, int]:
    """Rounds in a row in which it earned nothing, and the rounds since its last trial, this too."""
    barren, waited = 0, 1
    for round_ in (r for r in run.ledger.rounds(14) if r < run.round):
        allocation = run.stored(14, round_, Allocation)
        if allocation is None or not allocation.tuner_trials:
            waited += 1
            continue
        waited = 1
        barren = 0 if _earned(run, round_) else barren + 1
    return barren, waited


def _earned(run: Run, round_: int) -> bool:
    candidates, decision = run.stored(15, round_, Candidates), run.stored(21, round_, Decision)
    if candidates is None or decision is None:
        return False
    own = {c.id for c in candidates.candidates if c.proposal.source == TUNER}
    return any(v.candidate in own and v.verdict == "accepted" for v in decision.verdicts)
