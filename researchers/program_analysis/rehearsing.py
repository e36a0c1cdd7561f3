"""Which edits are rehearsed before any is tried, and what the verdicts are worth.

Interpreting the failing tests on an edit costs little where a candidate costs a process and a
suite. So the most hopeful edits are all rehearsed, and candidates are spent on those that pass.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from researchers.program_analysis.draft import Draft, Known
from researchers.program_analysis.program import Program
from researchers.program_analysis.rehearsal.limits import apart
from researchers.program_analysis.rehearsal.rehearsal import Rehearsal, Verdict

PASSES = 100_000.0
"""Worth of an edit that mends every failing test and breaks none: above all others."""
HELPS = 10.0
"""Worth of one that mends them all but one, in proportion, and breaks none."""
HARMS = 0.1
"""Worth of one that mends some and breaks others."""
IDLE = 0.01
"""Worth of one that mends none."""
_YOUNG = 100_000
"""Objects that come up before Python looks for those that are not used any more."""


def batch(function: Callable[[], None]) -> None:
    """Runs many rehearsals: what each makes is mostly given up with it, and seldom collected."""
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, *before[1:])
    try:
        apart(function)
    finally:
        gc.set_threshold(*before)


@dataclass(frozen=True)
class Budget:
    """How many edits of one version of the target are rehearsed, and the steps that they may take.

    Steps are calls, rounds of loops, and statements of modules.
    """

    edits: int
    steps: int


USUAL = Budget(6_000, 1_200_000)
"""Of usual edits, most hopeful first."""
DEEP = Budget(30_000, 2_400_000)
"""Of deep ones."""


class Rehearsed:
    """The verdicts on the edits of one program; each edit is rehearsed once."""

    def __init__(self, program: Program) -> None:
        self.rehearsal = Rehearsal(program)
        self._verdicts = Known(self.rehearsal.verdict)
        self._spent: Counter[Budget] = Counter()

    @property
    def tells(self) -> bool:
        """Whether anything can be rehearsed at all."""
        return self.rehearsal.tells

    def rehearse(self, drafts: Iterable[Draft], budget: Budget = USUAL) -> None:
        """Rehearses edits, in this order, as far as the budget goes, all calls together."""
        if not self.tells:
            return
        first = self.rehearsal.steps - self._spent[budget]

        def each() -> None:
            for draft in islice(drafts, budget.edits):
                if self.rehearsal.steps > first + budget.steps:
                    return
                self.judge(draft)

        batch(each)
        self._spent[budget] = self.rehearsal.steps - first

    def judge(self, draft: Draft) -> Verdict | None:
        """The verdict on an edit, which is rehearsed if it was not."""
        return self._verdicts.of(draft)

    def factor(self, draft: Draft) -> float:
        """How much more likely an edit is for what its rehearsal said; 1 where it said nothing."""
        verdict = self.verdict(draft)
        if verdict is None:
            return 1.0
        if not verdict.mended:
            return IDLE
        if verdict.broken:
            return HARMS
        return PASSES * verdict.known if verdict.mended == 1 else HELPS * verdict.mended

    def verdict(self, draft: Draft) -> Verdict | None:
        """What the rehearsal of an edit said, if it was rehearsed."""
        return self._verdicts.get(draft)


@lru_cache(maxsize=2)
def rehearsed(program: Program) -> Rehearsed:
    """The verdicts of a program; made once."""
    return Rehearsed(program)
