"""Verdicts on edits by rehearsal: which tests an edit would mend, and which it would break."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TypeVar

from researchers.program_analysis.draft import Draft
from researchers.program_analysis.edits import Revision, Revisions
from researchers.program_analysis.program import Program
from researchers.program_analysis.rehearsal import sketch
from researchers.program_analysis.rehearsal.limits import (
    DEEPEST,
    Exhausted,
    Refused,
    TookLong,
    apart,
)
from researchers.program_analysis.rehearsal.suite import PASSED, Suite
from researchers.program_analysis.rehearsal.world import Trees
from tasks.records.dossier import Sample

FIRST_STEPS = 50_000
"""Steps of a test on the target as it is; one that takes more is not rehearsed."""
PATIENCE = 3
SPARE = 1_000
"""On an edited target a test may take so many times its steps, and so many more."""
LONG = 200_000
"""Steps that a test counts for which was cut off by the clock."""
FIRST = 5
"""Where none of so many failing tests is mended, the others are taken not to be either."""
ITEMS = 60
"""Tests that are rehearsed at most, failing ones first."""
_STACK = 40 * DEEPEST
"""Python's own calls while the deepest rehearsed call runs."""
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Verdict:
    """Of an edit: shares of failing tests that pass and of passing ones that fail, 0 to 1.

    `known` is the share of tests of which the rehearsal came to an end.
    """

    mended: float
    broken: float
    known: float

    @property
    def passes(self) -> bool:
        """Whether every failing test passes that could be rehearsed, and none breaks."""
        return self.mended == 1 and not self.broken

    def __str__(self) -> str:
        ended = f"in rehearsal {self.mended:.0%} of the failing tests pass"
        return f"{ended}, {self.broken:.0%} of the others fail" if self.mended else ended

    @property
    def helps(self) -> bool:
        """Whether some failing test passes, and none breaks."""
        return self.mended > 0 and not self.broken


@dataclass(frozen=True)
class Item:
    """A test that can be rehearsed, and its steps on the target as it is."""

    name: str
    fails: bool
    steps: int


class Rehearsal:
    """Rehearses the tests that a search sees; `steps` is what that took so far.

    Only tests that come out on the target as it is as they did in truth are asked about edits:
    those in `failing` and `passing`. `trees` is the target as it is.
    """

    def __init__(self, program: Program) -> None:
        self.trees: Trees = {m.path: m.tree.body for m in program.modules}
        with _deep():
            items = list(self._trusted(program.dossier.samples))
        self.failing = [item for item in items if item.fails][:ITEMS]
        self.passing = [item for item in items if not item.fails][: ITEMS - len(self.failing)]
        self._refusing_first = [*self.failing]
        self.steps = 0
        most = max((item.steps for item in items), default=0)
        self._longest = PATIENCE * most + SPARE

    @property
    def tells(self) -> bool:
        """Whether there is a failing test to be rehearsed."""
        return bool(self.failing)

    def verdict(self, draft: Draft) -> Verdict | None:
        """What would come of an edit; None where nothing can be said of it."""
        trees = self.revised(draft)
        if trees is None or not self.tells:
            return None
        with self._suite(trees) as suite:
            mended, known = self._share(suite, self.failing, passes=True)
            if not known:
                return None
            if not mended:
                return Verdict(0.0, 0.0, known)
            broken, also = self._share(suite, self.passing, passes=False)
        total = len(self.failing) + len(self.passing)
        share = (known * len(self.failing) + also * len(self.passing)) / total
        return Verdict(mended, broken, share)

    def passes(self, draft: Draft) -> bool:
        """Whether every failing test passes; ends at the first that does not.

        The test that refused the last edit is asked first: most edits fail there again.
        """
        trees = self.revised(draft)
        if trees is None:
            return False
        with self._suite(trees) as suite:
            for place, item in enumerate(self._refusing_first):
                if not self._passes(suite, item):
                    self._refusing_first.insert(0, self._refusing_first.pop(place))
                    return False
        return self.tells

    def revised(self, draft: Draft) -> Trees | None:
        """The target after an edit; None where the edit cannot be made."""
        files = Revisions.of(draft.files)
        trees: dict[str, Sequence[ast.stmt]] = dict(self.trees)
        try:
            for path in files:
                entry = files.entry(path)
                if not path.endswith(".py"):
                    return None
                trees[path] = (
                    sketch.revised(entry) if isinstance(entry, Revision) else ast.parse(entry).body
                )
        except (sketch.UnsketchedError, SyntaxError, ValueError):
            return None
        return trees

    @contextmanager
    def _suite(self, trees: Trees) -> Iterator[Suite]:
        """The tests on a version of the target, whose modules are given up at the end."""
        suite = Suite(trees)
        try:
            with _deep():
                yield suite
        finally:
            suite.close()
            self.steps += suite.loading

    def _share(self, suite: Suite, items: Sequence[Item], *, passes: bool) -> tuple[float, float]:
        """The share of tests that pass, or fail, and of how many anything can be said."""
        told = [self._passes(suite, item) for item in items[:FIRST]]
        if not passes or any(told):
            told += [self._passes(suite, item) for item in items[FIRST:]]
        else:
            told += [False if told else None] * len(items[FIRST:])
        known = [passed for passed in told if passed is not None]
        hits = sum(passed is passes for passed in known)
        return hits / max(1, len(items)), len(known) / max(1, len(items))

    def _passes(self, suite: Suite, item: Item) -> bool | None:
        steps = self._longest if item.fails else PATIENCE * item.steps + SPARE
        self.steps += 1
        try:
            ending, taken = suite.outcome(item.name, steps)
        except Exhausted:
            self.steps += steps
            return False
        except TookLong:
            self.steps += LONG
            return None
        except Refused:
            return None
        self.steps += taken
        return ending == PASSED

    def _trusted(self, samples: Sequence[Sample]) -> Iterator[Item]:
        with closing(Suite(self.trees)) as suite:
            for sample in samples:
                fails = sample.score < 1
                try:
                    ending, steps = suite.outcome(sample.item, FIRST_STEPS)
                except (Refused, Exhausted):
                    continue
                if ending == PASSED if not fails else ending in sample.prediction:
                    yield Item(sample.item, fails, steps)


def roomy(function: Callable[[], _Result]) -> _Result:
    """What a function gives that runs the interpreter by itself, or goes deep into trees."""

    def run() -> _Result:
        with _deep():
            return function()

    return apart(run)


@contextmanager
def _deep() -> Iterator[None]:
    """Room for the calls of the interpreter, several for each of the target's."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _STACK))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
