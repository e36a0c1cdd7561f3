"""The seal: the counted, logged and bounded way into the sealed split."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
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

    A second look at the same tree shows nothing new. It is logged, and bears the first number. A
    look may be at several `trees` at once, named before any of them is scored; nothing is shown
    after a `closing` one.
    """

    number: int
    tree: str
    purpose: str
    stage: str
    at: float
    trees: tuple[str, ...] = ()
    closing: bool = False

    def shows(self, tree: str) -> bool:
        """Whether this look was at that tree."""
        return tree == self.tree or tree in self.trees


def _after_the_last(stage: str, purpose: str) -> StageError:
    return StageError(
        f"the last look at the sealed split was taken; {stage} asked for another ({purpose})",
        "this is a defect of the stage: nothing may be looked at after it",
    )


@dataclass
class Seal:
    """Keeps `openings.jsonl` in the run's folder, which only ever grows and survives resumption.

    `budget` bounds how many looks there may be at what was not seen. The line is on disk before
    the permit is given: a kill in between costs an opening, and never gives one for nothing.
    """

    folder: Path
    budget: int
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def openings(self) -> int:
        """How many looks there were at what had not been seen."""
        return max((opening.number for opening in self.log()), default=0)

    @property
    def closed(self) -> bool:
        """Whether the last look was taken: no tree is shown any more that was not seen by then."""
        return any(opening.closing for opening in self.log())

    def left(self) -> int:
        """How many more such looks there may be."""
        return 0 if self.closed else max(0, self.budget - self.openings)

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
            known = next((o.number for o in log if o.shows(tree)), None)
            if known is None and self.closed:
                raise _after_the_last(stage, purpose)
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

    def open_together(
        self, trees: Sequence[str], purpose: str, stage: str = "validate_heldout"
    ) -> dict[str, Permit]:
        """Leave to evaluate these trees, as one opening: they are named before any is scored.

        For tests, which have no luck of the draw: what a run learns is which of a few edits that
        pass all that it saw pass the rest. Raises StageError beyond the budget.
        """
        return self._open_several(trees, purpose, stage, closing=False)

    def open_last(
        self, trees: Sequence[str], purpose: str, stage: str = "attribute_gains"
    ) -> dict[str, Permit]:
        """Leave to evaluate these trees, as one opening after which no other tree is shown.

        What bounds openings is that a run could choose by what it sees. These trees are named
        before any is scored, and nothing can be looked at after them: one look, not many. Asking
        again for the same trees, as a resumed run does, is the same look. Raises StageError beyond
        the budget, and for other trees once it was taken.
        """
        return self._open_several(trees, purpose, stage, closing=True)

    def _open_several(
        self, trees: Sequence[str], purpose: str, stage: str, *, closing: bool
    ) -> dict[str, Permit]:
        from tasks.test.evaluator import Permit

        with self._lock:
            log = self.log()
            fresh = [t for t in dict.fromkeys(trees) if not any(o.shows(t) for o in log)]
            if fresh and self.closed:
                raise _after_the_last(stage, purpose)
            if fresh and self.openings >= self.budget:
                raise StageError(
                    f"the sealed split was opened for {self.budget} trees, which is all that the "
                    f"contract allows; {stage} asked for {len(fresh)} more ({purpose})",
                    "raise budget.sealed_openings in the contract",
                )
            if fresh:
                number = 1 + max((o.number for o in log), default=0)
                self._append(
                    Opening(
                        number=number,
                        tree=fresh[0],
                        purpose=purpose,
                        stage=stage,
                        at=time.time(),
                        trees=tuple(fresh),
                        closing=closing,
                    )
                )
            numbers = {t: next(o.number for o in self.log() if o.shows(t)) for t in trees}
        return {tree: Permit(tree=tree, opening=number) for tree, number in numbers.items()}

    def _append(self, opening: Opening) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / LOG
        cut = path.is_file() and not path.read_bytes().endswith(b"\n")
        with path.open("a", encoding="utf-8") as handle:
            handle.write(("\n" if cut else "") + opening.model_dump_json() + "\n")
            handle.flush()
            os.fsync(handle.fileno())
