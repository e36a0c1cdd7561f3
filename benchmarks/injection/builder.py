"""The builder's loop: draws defects in rounds, examines them side by side, keeps what counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.injection.attempts import Attempt, Attempts
from benchmarks.injection.baseline import Baseline
from benchmarks.injection.draw import Mutant, draw
from benchmarks.injection.examine import examine
from benchmarks.injection.kinds import KINDS
from benchmarks.injection.suite import Suite

ROUND = 4
"""Defects that are drawn before the first of them is judged: however many jobs there are."""
SLOWER = 3.0
"""How many times as long as the healthy suite a run may take before it is said to hang."""
PATIENCE = 40
"""Attempts without a kept case after which a substrate is given up."""


@dataclass
class Builder:
    """Keeps at most `most` cases a substrate and prefers kinds of which few were kept."""

    baselines: tuple[Baseline, ...]
    attempts: Attempts
    suite: Suite
    out: Path
    most: int = 25
    faults: int = 1
    _kept: Counter[str] = field(default_factory=Counter)
    _kinds: Counter[str] = field(default_factory=Counter)
    _idle: Counter[str] = field(default_factory=Counter)
    _drawn: Counter[str] = field(default_factory=Counter)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def build(self, wanted: int, seed: int, jobs: int) -> int:
        """Tries defects until enough are kept or no substrate is left; returns how many."""
        with ThreadPoolExecutor(jobs) as pool:
            while self._kept.total() < wanted:
                drawn = self._draw(seed, min(ROUND, wanted - self._kept.total()))
                if drawn is None:
                    break
                for attempt in pool.map(self._attempt, drawn):
                    self._fold(attempt, wanted)
        return self._kept.total()

    def _draw(self, seed: int, count: int) -> Sequence[tuple[Baseline, Mutant]] | None:
        """A round of new mutants of the substrates with fewest cases; None where none is left."""
        drawn: list[tuple[Baseline, Mutant]] = []
        pending: Counter[str] = Counter()
        while len(drawn) < count:
            room = [b for b in self.baselines if self._open(b, pending)]
            if not room:
                return drawn or None
            baseline = min(room, key=lambda b: (self._count(b, pending), b.substrate.name))
            name = baseline.substrate.name
            self._drawn[name] += 1
            random = Random(f"{seed} {name} {self._drawn[name]}")
            weights = {kind: 1.0 / (1 + self._kinds[kind]) ** 2 for kind in KINDS}
            mutant = draw(baseline.modules, random, weights, self.faults)
            if mutant is None or (name, mutant.key) in self._seen:
                self._idle[name] += 1
                continue
            self._seen.add((name, mutant.key))
            pending[name] += 1
            drawn.append((baseline, mutant))
        return drawn

    def _open(self, baseline: Baseline, pending: Counter[str]) -> bool:
        name = baseline.substrate.name
        room = self._kept[name] + pending[name] < self.most
        return room and self._idle[name] + pending[name] < PATIENCE

    def _count(self, baseline: Baseline, pending: Counter[str]) -> int:
        return self._kept[baseline.substrate.name] + pending[baseline.substrate.name]

    def _attempt(self, drawn: tuple[Baseline, Mutant]) -> Attempt:
        baseline, mutant = drawn
        known = self.attempts.known.get((baseline.substrate.name, mutant.key))
        if known is not None:
            return known
        seconds = max(self.suite.seconds, SLOWER * baseline.seconds)
        suite = Suite(self.suite.sandbox, seconds, self.suite.memory_mb)
        found = examine(baseline, mutant, suite, self.out)
        return Attempt(
            key=mutant.key,
            substrate=baseline.substrate.name,
            kind="+".join(fault.kind for fault in mutant.faults),
            file=mutant.file,
            line=mutant.faults[0].line,
            verdict=found.verdict,
            seconds=round(found.seconds, 2),
        )

    def _fold(self, attempt: Attempt, wanted: int) -> None:
        self.attempts.enter(attempt)
        kept = attempt.verdict == "kept"
        self._idle[attempt.substrate] = 0 if kept else self._idle[attempt.substrate] + 1
        if kept:
            self._kept[attempt.substrate] += 1
            self._kinds.update(attempt.kind.split("+"))
        count = f"{self._kept.total()}/{wanted}"
        print(f"{count} {attempt.substrate} {attempt.kind}: {attempt.verdict}", flush=True)
