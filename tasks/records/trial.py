"""Trials: a candidate's evaluation against its parent, and the audit of it."""

from __future__ import annotations

from typing import Literal

from tasks.records.base import Record
from tasks.records.score import Difference, Evaluation

TrialState = Literal["complete", "raced_out", "crashed", "not_run"]


class Trial(Record):
    """A candidate's scores on dev beside its parent's on the same items.

    `raced_out` means that a sequential test stopped a clear loser; `evaluation` then covers the
    items that were run. `share` is the part of the dev items that was run.
    """

    candidate: str
    state: TrialState
    evaluation: Evaluation | None
    difference: Difference | None
    share: float
    error: str = ""


class AuditNote(Record):
    """One integrity check on one trial; a failed one disqualifies the candidate."""

    candidate: str
    check: str
    passed: bool
    detail: str


class Verdict(Record):
    """What became of a candidate and why, in a sentence.

    `alpha` is the one-sided level its dev test was held to after correction.
    """

    candidate: str
    verdict: Literal[
        "accepted",
        "rejected",
        "indecisive",
        "contradicted",
        "raced_out",
        "failed",
        "disqualified",
        "superseded",
        "traded",
        "idle",
        "not_run",
    ]
    reason: str
    dev: Difference | None = None
    sealed: Difference | None = None
    alpha: float | None = None
