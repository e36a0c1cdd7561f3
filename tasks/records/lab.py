"""The lab: what a researcher may have done by the run that it thinks for."""

from __future__ import annotations

from typing import Protocol

from tasks.records.knowledge import ExperienceHit


class Lab(Protocol):
    """Owned by the run, and bound to one tree. Nothing asked of it can change that tree."""

    def probe(self, code: str) -> str:
        """What Python code prints when it runs in the sandbox, in the tree; the end of it.

        The code sees neither gold nor held-out tests. A failure is told in the text.
        """
        ...

    def recall(self, idea: str, count: int) -> tuple[ExperienceHit, ...]:
        """Remembered trials whose ideas are closest to this one, closest first."""
        ...

    def degrade(self, what: str, effect: str) -> None:
        """States that a thinking step went less than well; shown live and in every report."""
        ...
