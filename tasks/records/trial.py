"""Trials: a candidate's evaluation against its parent, and the audit of it."""

from __future__ import annotations

from typing import Literal

from tasks.records.base import Record
from tasks.records.score import Difference, Evaluation, Part

TrialState = Literal["complete", "raced_out", "unpromising", "crashed", "not_run"]


class Trial(Record):
    """A candidate's scores on dev beside its parent's on the same items.

    `raced_out` means that a sequential test stopped a clear loser, `unpromising` that there was no
    gain on the items that the search sees, so that the others were not asked. `evaluation` then
    covers the items that were run. `share` is the part of the dev items that was run.
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

    `alpha` is the one-sided level its dev test was held to after correction. `search` and `select`
    are its scores and gains on the dev items that the search sees, and on those that it does not;
    None where there is no such division, or where no such items were run.
    """

    candidate: str
    verdict: Literal[
        "accepted",
        "rejected",
        "indecisive",
        "contradicted",
        "overfit",
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
    search: Part | None = None
    select: Part | None = None
    sealed: Difference | None = None
    alpha: float | None = None
