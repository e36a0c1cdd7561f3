"""What one sandboxed run of a tree yields, and the protocol that each metric kind satisfies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tasks.records.score import ItemScore
from tasks.test.workload import WorkItem


@dataclass(frozen=True)
class Measured:
    """Scores of the asked items in the asked order, and wall-clock seconds in the sandbox."""

    scores: tuple[ItemScore, ...]
    seconds: float


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
