"""Rulings: what type a change is by its text, beside what its proposer called it."""

from __future__ import annotations

from tasks.records.base import Record
from tasks.records.change import ROLL_UP, ChangeType, FineType


class Ruling(Record):
    """The type of one proposal by rule, and the evidence in words. Kept in the run's ledger."""

    proposal: str
    declared: FineType
    ruled: ChangeType
    reason: str

    @property
    def agrees(self) -> bool:
        """Whether proposer and rule mean one of the four types alike."""
        return ROLL_UP[self.declared] == self.ruled

    @property
    def credited(self) -> FineType:
        """The type that credit goes to: the ruled one, in the proposer's finer word if it fits."""
        return self.declared if self.agrees else self.ruled
