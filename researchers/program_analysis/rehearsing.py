"""Which edits are rehearsed before any is tried, and what the verdicts are worth.

Interpreting the failing tests on an edit costs little where a candidate costs a process and a
suite. So the most hopeful edits are all rehearsed, and candidates are spent on those that pass.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import islice

from researchers.program_analysis.draft import Draft
from researchers.program_analysis.program import Program
from researchers.program_analysis.rehearsal.limits import apart
from researchers.program_analysis.rehearsal.rehearsal import Rehearsal, Verdict

EDITS = 6_000
"""Edits that are rehearsed at most of one version of the target, most hopeful first."""
STEPS = 1_200_000
"""Steps that they may take together: calls, rounds of loops, and statements of modules."""
DEEP = 3
"""Deep edits may take so many times the steps, and be twice as many again."""
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


class Rehearsed:
    """The verdicts on the edits of one program; each edit is rehearsed once."""

    def __init__(self, program: Program) -> None:
        self.rehearsal = Rehearsal(program)
        self._known: dict[int, tuple[Draft, Verdict | None]] = {}

    @property
    def tells(self) -> bool:
        """Whether anything can be rehearsed at all."""
        return self.rehearsal.tells

    def rehearse(self, drafts: Iterable[Draft], depth: int = 1) -> None:
        """Rehearses edits, in this order, as far as the limits go, which grow with `depth`."""
        if not self.tells:
            return
        last = self.rehearsal.steps + depth * STEPS

        def each() -> None:
            for draft in islice(drafts, (2 * depth - 1) * EDITS):
                if self.rehearsal.steps > last:
                    return
                if not self._is_known(draft):
                    self._known[id(draft)] = draft, self.rehearsal.verdict(draft)

        batch(each)

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
        return self._known[id(draft)][1] if self._is_known(draft) else None

    def _is_known(self, draft: Draft) -> bool:
        known = self._known.get(id(draft))
        return known is not None and known[0] is draft


@lru_cache(maxsize=2)
def rehearsed(program: Program) -> Rehearsed:
    """The verdicts of a program; made once."""
    return Rehearsed(program)
