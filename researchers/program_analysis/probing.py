"""The order among edits that pass every visible test: by what they do on inputs that no test has.

Weak tests let nonsense pass. Each such edit therefore runs on altered inputs of the tests, without
being told what is right there. A right edit goes on mending beside the very inputs of the failing
tests, leaves alone what worked (Xiong et al., Identifying patch correctness in test-based program
repair, 2018), and does not crash where others do not. Edits that do the same on all of them are
worth one try: the later ones wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from random import Random

from researchers.program_analysis.draft import Draft, Known
from researchers.program_analysis.oddities import Oddities
from researchers.program_analysis.program import Program, is_test
from researchers.program_analysis.rehearsal.probes import EVERYWHERE, Probe, Prober, Seen
from researchers.program_analysis.rehearsal.rehearsal import Item, Rehearsal, roomy
from researchers.program_analysis.rehearsal.world import Trees
from researchers.program_analysis.rehearsing import rehearsed
from tasks.records.base import digest_of

PROBES = 160
"""Probes of one edit at most, half of them from failing tests."""
EACH = 80_000
"""Steps after which no more probes are made of the target as it is."""
STEPS = 2_000_000
"""Steps that all edits of one version of the target may take together in probes."""
REFUSED = STEPS // 40
"""Steps that a probe counts for of which nothing can be told: it may have taken seconds."""
FAILING, PASSING = 8, 12
"""Tests that probes are made of, at most."""
VARIANTS = 24
"""Alterations of one input."""
PATIENCE, SPARE = 3, 2_000
"""A probe may take so many times the steps of the longest test, and so many more."""
CRASHES = 0.02
"""Worth of an edit that crashes on every input where another one does not; in proportion."""
NARROW = 0.1
"""Worth of an edit that mends the inputs of the failing tests alone, and none beside them.

One that moves at least half as many altered ones as another is not narrow: some are to stay.
"""
MEDDLES = 0.3
"""Worth of an edit that changes all that comes of inputs like those of passing tests."""
AGAIN = 0.1
"""Worth of an edit that does what an earlier one does."""
_CRASHES = frozenset(
    {"TypeError", "AttributeError", "NameError", "UnboundLocalError", "IndexError", "KeyError",
     "RecursionError", "ZeroDivisionError", "AssertionError", "Exhausted", "StopIteration"}
)  # fmt: skip


@dataclass(frozen=True)
class _End:
    """How a probe ended; `told` is a digest of what it saw."""

    told: str
    ending: str

    @property
    def is_crash(self) -> bool:
        """Whether the target ran into an error that it hardly means."""
        return self.ending in _CRASHES


Behaviour = tuple[_End | None, ...]


@dataclass(frozen=True)
class _Asked:
    """A probe, and whether it is made of a failing test."""

    probe: Probe
    fails: bool


class Probing:
    """What edits of one version of the target do on altered inputs; each is run once."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        tests = {path: body for path, body in rehearsal.trees.items() if is_test(path)}
        self._prober = roomy(lambda: Prober(tests))
        items = (*rehearsal.failing[:FAILING], *rehearsal.passing[:PASSING])
        self._steps = PATIENCE * max((item.steps for item in items), default=0) + SPARE
        self._left = STEPS
        self._asked: tuple[_Asked, ...] = ()
        self._before: Behaviour = ()
        self._odd = Oddities(rehearsal.trees, frozenset(tests))
        self._looks = Known(self._look)

    def factors(self, drafts: Sequence[Draft], hopes: Sequence[float]) -> list[float]:
        """How much more likely each edit is, beside the others, than the hope for it says."""
        if len(drafts) < 2 or not self._rehearsal.tells:
            return [1.0] * len(drafts)
        looks = roomy(lambda: self._all(drafts))
        behaviours = [behaviour for behaviour, _ in looks]
        worths = _worths(self._asked, self._before, behaviours)
        made = [worth * odd for worth, (_, odd) in zip(worths, looks, strict=True)]
        met: set[Behaviour] = set()
        for place in sorted(range(len(drafts)), key=lambda n: -hopes[n] * made[n]):
            behaviour = behaviours[place]
            if behaviour in met:
                made[place] *= AGAIN
            if any(behaviour):
                met.add(behaviour)
        return made

    def _all(self, drafts: Sequence[Draft]) -> list[tuple[Behaviour, float]]:
        if not self._asked:
            told = list(self._told())
            self._asked = tuple(asked for asked, _ in told)
            self._before = tuple(_end(seen) for _, seen in told)
        return [self._looks.of(draft) for draft in drafts]

    def _told(self) -> Iterator[tuple[_Asked, Seen]]:
        """Probes of failing and of passing tests by turns, and what the target does on them."""
        spent = 0
        failing = self._drawn(self._rehearsal.failing[:FAILING])
        passing = self._drawn(self._rehearsal.passing[:PASSING])
        for pair in zip_longest(failing, passing):
            for probe, fails in zip(pair, (True, False), strict=True):
                if spent > EACH:
                    return
                if probe is None:
                    continue
                seen = self._prober.seen(self._rehearsal.trees, probe, self._steps)
                spent += self._steps if seen is None else seen.steps
                if seen is not None:
                    yield _Asked(probe, fails), seen

    def _drawn(self, items: Sequence[Item]) -> list[Probe]:
        """Probes of some tests, by chance but the same each time."""
        every = [probe for item in items for probe in self._probes(item)]
        Random(0).shuffle(every)
        return every[: PROBES // 2]

    def _probes(self, item: Item) -> Iterator[Probe]:
        if item.steps > EACH // 4:
            return
        sites = self._prober.sites(self._rehearsal.trees, item.name, self._steps)
        for site in (*sites, EVERYWHERE) if sites else ():
            yield from (Probe(item.name, site, variant) for variant in range(VARIANTS))

    def _look(self, draft: Draft) -> tuple[Behaviour, float]:
        """What an edit does on all probes, and the factor for what it looks like."""
        trees = self._rehearsal.revised(draft)
        return ((), 1.0) if trees is None else (self._run(trees), self._odd.factor(trees))

    def _run(self, trees: Trees) -> Behaviour:
        seen = []
        for asked in self._asked:
            one = None
            if self._left > 0:
                one = self._prober.seen(trees, asked.probe, self._steps)
                self._left -= REFUSED if one is None else one.steps
            seen.append(one if one is None else _end(one))
        return tuple(seen)


@dataclass(frozen=True)
class _Marks:
    """Of one edit, shares of probes, 0 to 1.

    `crashed` of all, where the target itself or another edit does not crash; `moved` of those from
    failing tests, and `meddled` of those from passing ones, that come out otherwise than before.
    """

    crashed: float
    moved: float
    meddled: float


def _worths(
    asked: Sequence[_Asked], before: Behaviour, told: Sequence[Behaviour]
) -> Iterator[float]:
    """The factor of each edit for its marks, beside the best of all."""
    marks = [_marks(asked, before, behaviour, told) for behaviour in told]
    best = max((mark.moved for mark in marks), default=0.0)
    least = min((m.meddled for m, b in zip(marks, told, strict=True) if any(b)), default=0.0)
    for mark, behaviour in zip(marks, told, strict=True):
        if not any(behaviour):
            yield 1.0
            continue
        worth = CRASHES**mark.crashed
        worth *= NARROW ** max(0.0, 1 - 2 * mark.moved / best) if best else 1.0
        yield worth * MEDDLES ** (mark.meddled - least)


def _marks(
    asked: Sequence[_Asked], before: Behaviour, behaviour: Behaviour, others: Sequence[Behaviour]
) -> _Marks:
    crashed: list[bool] = []
    moved: list[bool] = []
    meddled: list[bool] = []
    for place, (one, old, new) in enumerate(zip(asked, before, behaviour, strict=False)):
        if old is None or new is None:
            continue
        sound = any(_is_sound(other[place]) for other in (before, *others) if other)
        crashed.append(sound and not _is_sound(new))
        (moved if one.fails else meddled).append(old != new)
    return _Marks(_share(crashed), _share(moved), _share(meddled))


def _is_sound(end: _End | None) -> bool:
    """Whether a probe is known to have ended otherwise than by a crash."""
    return end is not None and not end.is_crash


def _end(seen: Seen) -> _End:
    return _End(digest_of(seen.values), seen.ending)


def _share(told: Sequence[bool]) -> float:
    return sum(told) / max(1, len(told))


@lru_cache(maxsize=2)
def probing(program: Program) -> Probing:
    """The probes of a program; made once."""
    return Probing(rehearsed(program).rehearsal)
