"""Two edits that pass every failing test together in rehearsal, where no edit does so alone.

Several faults in one program hide each other: a test that both break passes only where both are
mended. First comes what mends a part of the failing tests, with every other edit on top of it;
then come all pairs of the most hopeful edits, best first.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

from researchers.program_analysis.pairs import WORTH, joined
from researchers.program_analysis.ranking import Scored, first
from researchers.program_analysis.rehearsing import Rehearsed, batch

BASES = 12
"""Edits that mend a part, and on which others are put."""
PARTNERS = 4_000
"""Edits that are put on each of them."""
EDITS = 400
"""Edits of which every pair may be rehearsed."""
STEPS = 800_000
"""Steps that the pairs of one version of the target may take together."""
FOUND = 24
"""Passing pairs after which no more are looked for."""


def combined(scored: Sequence[Scored], rehearsed: Rehearsed) -> list[Scored]:
    """The pairs that pass, in the order in which they were found."""
    last, found = rehearsed.rehearsal.steps + STEPS, list[Scored]()

    def look() -> None:
        for one, other in _pairs(scored, rehearsed):
            if rehearsed.rehearsal.steps > last or len(found) >= FOUND:
                return
            pair = joined(one, other, WORTH)
            if pair is not None and _passes(pair, rehearsed):
                found.append(pair)

    batch(look)
    return found


def _passes(pair: Scored, rehearsed: Rehearsed) -> bool:
    """Whether the failing tests pass, and then whether the others still do."""
    if not rehearsed.rehearsal.passes(pair.draft):
        return False
    verdict = rehearsed.judge(pair.draft)
    return verdict is not None and verdict.passes


def _pairs(scored: Sequence[Scored], rehearsed: Rehearsed) -> Iterator[tuple[Scored, Scored]]:
    ordered = sorted(scored, key=first)
    for base in _bases(ordered, rehearsed):
        yield from ((base, other) for other in ordered[:PARTNERS] if other is not base)
    yield from _best_first(ordered[:EDITS])


def _bases(ordered: Sequence[Scored], rehearsed: Rehearsed) -> list[Scored]:
    """Edits that mend a part and break nothing, those first that mend more."""
    told = ((entry, rehearsed.verdict(entry.draft)) for entry in ordered)
    helping = [(v.mended, entry) for entry, v in told if v is not None and v.helps and v.mended < 1]
    helping.sort(key=lambda pair: -pair[0])
    return [entry for _, entry in helping[:BASES]]


def _best_first(ordered: Sequence[Scored]) -> Iterator[tuple[Scored, Scored]]:
    """Every pair, by the product of the two scores, which fall along the sequence."""

    def worth(one: int, other: int) -> float:
        return -ordered[one].score * ordered[other].score

    waiting = [(worth(place, place + 1), place, place + 1) for place in range(len(ordered) - 1)]
    heapq.heapify(waiting)
    while waiting:
        _, one, other = heapq.heappop(waiting)
        yield ordered[one], ordered[other]
        if other + 1 < len(ordered):
            heapq.heappush(waiting, (worth(one, other + 1), one, other + 1))
