"""Candidates: proposals that became commits, and what happened to them before any trial."""

from __future__ import annotations

from typing import Literal

from tasks.records.base import Record
from tasks.records.change import Proposal


class Candidate(Record):
    """A proposal applied: one commit in the pinned clone, with its tree id and diff."""

    id: str
    proposal: Proposal
    parent: str
    commit: str
    tree: str
    branch: str
    diff: str
    files: tuple[str, ...]


SmokeStep = Literal["apply", "parse", "predict", "idle", "tests", "passed"]


class SmokeResult(Record):
    """How far a candidate came: the step it failed at with the output's tail, or `passed`.

    `idle` is no failure: it ran, and answered as its parent does.
    """

    candidate: str
    step: SmokeStep
    output: str = ""
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """True when every step passed."""
        return self.step == "passed"

    @property
    def broken(self) -> bool:
        """True when there is something to repair."""
        return self.step not in {"passed", "idle"}


class Failure(Record):
    """What a researcher is told when asked to repair: the step, the output, and the try number."""

    proposal: Proposal
    step: SmokeStep
    output: str
    attempt: int
