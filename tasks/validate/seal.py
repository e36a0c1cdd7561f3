"""The seal: the counted, logged and bounded way into the sealed split."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.errors import StageError
from tasks.records.base import Record

if TYPE_CHECKING:
    from tasks.test.evaluator import Permit

LOG = "openings.jsonl"


class Opening(Record):
    """One look: the `number` of the opening, which tree, who asked and why, and when (epoch).

    A second look at the same tree shows nothing new. It is logged, and bears the first number.
    """

    number: int
    tree: str
    purpose: str
    stage: str
    at: float


@dataclass
class Seal:
    """Keeps `openings.jsonl` in the run's folder, which only ever grows and survives resumption.

    `budget` bounds how many trees may be looked at. The line is on disk before the permit is
    given: a kill in between costs an opening, and never gives one for nothing.
    """

    folder: Path
    budget: int
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def openings(self) -> int:
        """How many trees were looked at."""
        return max((opening.number for opening in self.log()), default=0)

    def left(self) -> int:
        """How many more trees may be looked at."""
        return max(0, self.budget - self.openings)

    def log(self) -> tuple[Opening, ...]:
        """Every look so far, in order; a line cut by a kill gave no permit and is passed over."""
        path = self.folder / LOG
        if not path.is_file():
            return ()
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        return tuple(Opening.model_validate_json(ln) for ln in lines if ln.endswith("}\n"))

    def open(self, tree: str, purpose: str, stage: str = "validate_heldout") -> Permit:
        """Leave to evaluate this tree on the sealed split. Raises StageError beyond the budget."""
        from tasks.test.evaluator import Permit  # at the top it would close a circle of imports

        with self._lock:
            log = self.log()
            known = next((o.number for o in log if o.tree == tree), None)
            number = known or 1 + max((o.number for o in log), default=0)
            if number > self.budget:
                raise StageError(
                    f"the sealed split was opened for {self.budget} trees, which is all that the "
                    f"contract allows; {stage} asked for tree {tree[:12]} ({purpose})",
                    "raise budget.sealed_openings in the contract, and remember that every look "
                    "uses up evidence",
                )
            self._append(
                Opening(number=number, tree=tree, purpose=purpose, stage=stage, at=time.time())
            )
        return Permit(tree=tree, opening=number)

    def _append(self, opening: Opening) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / LOG
        cut = path.is_file() and not path.read_bytes().endswith(b"\n")
        with path.open("a", encoding="utf-8") as handle:
            handle.write(("\n" if cut else "") + opening.model_dump_json() + "\n")
            handle.flush()
            os.fsync(handle.fileno())
