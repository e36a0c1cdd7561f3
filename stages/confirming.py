"""Of several edits that make every visible test pass, which the held-out tests confirm.

Where few tests are visible, many edits pass them, and most are nonsense. So a half of the held-out
tests, by digests of their names, is asked of each of them: one that breaks a test comes last, one
that mends more of those that failed comes first. The other half chooses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from stages.opening import may_open, open_rivals, open_sealed
from stages.run import Run
from stages.suites import rivals_of, solved
from tasks.records.candidate import Candidate
from tasks.records.score import Evaluation

UNHEARD = "no held-out test that failed is mended: it waits for another mend"


def confirmed_first(
    run: Run,
    base: str,
    champion: str,
    passed: Sequence[Candidate],
    evaluations: Mapping[str, Evaluation],
) -> list[Candidate]:
    """The changes in their order, those first that the held-out tests speak for."""
    if run.suite is None:
        return list(passed)
    whole = [c for c in passed if solved(evaluations[c.id])][: rivals_of(run) + 1]
    if len(whole) < 2:
        return list(passed)
    is_base = run.workspace.tree_of(champion) == run.workspace.tree_of(base)
    old = open_sealed(run, champion, "baseline" if is_base else "champion")
    if not may_open(run, [c.commit for c in whole]):
        return list(passed)
    looks = open_rivals(run, [c.commit for c in whole])
    told = {c.id: _told(old, look) for c, look in zip(whole, looks, strict=True)}
    asked = sorted(whole, key=lambda c: told[c.id])
    return [*asked, *(c for c in passed if c.id not in told)]


def _told(old: Evaluation, new: Evaluation) -> tuple[bool, int]:
    """Whether a test breaks that passed, and how many are mended, the more the smaller."""
    after, asked = new.by_item, [item for item in old.items if is_asked(item.item)]
    broken = any(item.score and not after[item.item] for item in asked)
    return broken, -sum(bool(after[item.item]) for item in asked if not item.score)


def is_asked(test: str) -> bool:
    """Whether a held-out test takes part in the choice among rivals."""
    return sha256(test.encode()).digest()[0] % 2 == 0
