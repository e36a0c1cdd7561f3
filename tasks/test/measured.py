"""What one sandboxed run of a tree yields, and the protocol that each metric kind satisfies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tasks.records.score import ItemScore
from tasks.test.workload import WorkItem


@dataclass(frozen=True)
class Measured:
    """Scores of the asked items in the asked order, with what they cost in the sandbox.

    `seconds` are by the clock, `cpu_seconds` on the processor.
    """

    scores: tuple[ItemScore, ...] = ()
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def joined(self, more: Measured) -> Measured:
        """These scores and those of another run on other items."""
        return Measured(
            (*self.scores, *more.scores),
            self.seconds + more.seconds,
            self.cpu_seconds + more.cpu_seconds,
        )

    def among(self, items: Collection[str]) -> Measured:
        """The scores of these items, with their part of the cost."""
        kept = tuple(score for score in self.scores if score.item in items)
        part = len(kept) / max(len(self.scores), 1)
        return Measured(kept, self.seconds * part, self.cpu_seconds * part)


class Measurement(Protocol):
    """Runs one tree on some items; scoring happens outside of the sandbox where it can."""

    @property
    def digest(self) -> str:
        """Identifies command, scorer, environment and limits in cache keys."""
        ...

    def run(
        self, tree: Path, items: Sequence[WorkItem], seed: int, cache: Path, scratch: Path
    ) -> Measured:
        """Raises PredictError when the tree crashes, hangs, or yields nonsense.

        `cache` is the target's own cache folder, written by this tree and its ancestors only;
        `scratch` is an empty folder for input and output.
        """
        ...
