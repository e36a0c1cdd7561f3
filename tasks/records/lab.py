"""The lab: what a researcher may have done by the run that it thinks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from tasks.records.change import FileEdit
from tasks.records.knowledge import ExperienceHit


@dataclass(frozen=True)
class Answered:
    """What a target answered to an item, and its score in the metric's unit."""

    prediction: str
    score: float


class Lab(Protocol):
    """Owned by the run, and bound to one tree. Nothing asked of it can change that tree."""

    def probe(self, code: str) -> str:
        """What Python code prints when it runs in the sandbox, in the tree; the end of it.

        The code sees neither gold nor held-out tests. A failure is told in the text.
        """
        ...

    def score(
        self, edits: tuple[FileEdit, ...], items: tuple[str, ...]
    ) -> Mapping[str, Answered] | None:
        """Answers and scores of some items with these edits made; none where the target fails.

        Each new set of edits is an experiment of the run; None when no more may be spent so.
        """
        ...

    def recall(self, idea: str, count: int) -> tuple[ExperienceHit, ...]:
        """Remembered trials whose ideas are closest to this one, closest first."""
        ...

    def degrade(self, what: str, effect: str) -> None:
        """States that a thinking step went less than well; shown live and in every report."""
        ...
