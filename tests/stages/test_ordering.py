"""Of changes that passed: a nonsense winner and a sensible edit that tie within error."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from stages.ordering import in_order
from tasks.records.candidate import Candidate
from tasks.records.change import Proposal
from tasks.records.score import Evaluation, ItemScore
from tasks.validate import compare

RUN = cast(
    Any,
    SimpleNamespace(
        suite=None,
        target=SimpleNamespace(sign=1),
        difference=lambda new, old: compare(new, old, 1),
    ),
)
SMALL = "--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a < b\n+a <= b\n"
LARGE = SMALL + "+log(a, b, sorted(c), key=d)\n"


def candidate(name: str, diff: str, *findings: str) -> Candidate:
    proposal = Proposal(
        id=name, title=name, rationale="", change_type="bug_fix", base="b", edits=(),
        source="s", researcher="r", findings=findings,
    )  # fmt: skip
    return Candidate(
        id=name, proposal=proposal, parent="b", commit=name, tree=name, branch=name, diff=diff,
        files=("x.py",),
    )  # fmt: skip


def evaluation(gain: float, seed: int) -> Evaluation:
    noise = np.random.default_rng(seed).normal(0, 0.3, 240)
    noise -= noise.mean()
    items = tuple(
        ItemScore(item=str(n), group=str(n % 6), score=0.5 + gain + noise[n]) for n in range(240)
    )
    return Evaluation(tree="t", split="dev", seed=0, items=items)


def order(*made: tuple[Candidate, Evaluation]) -> list[str]:
    evaluations = {c.id: e for c, e in made}
    return [c.id for c in in_order(RUN, [c for c, _ in made], evaluations)]


def test_of_a_tie_the_edit_with_evidence_comes_first() -> None:
    lucky = candidate("lucky", SMALL), evaluation(0.01, 1)
    sensible = candidate("sensible", LARGE, "f1"), evaluation(0.0, 2)
    assert lucky[1].mean > sensible[1].mean
    assert order(lucky, sensible) == ["sensible", "lucky"]
    assert order(lucky, (sensible[0], evaluation(0.0, 1))) == ["lucky", "sensible"]


def test_of_a_tie_with_evidence_on_both_sides_the_smaller_comes_first() -> None:
    large = candidate("large", LARGE, "f1", "f2"), evaluation(0.0, 3)
    small = candidate("small", SMALL, "f1"), evaluation(0.0, 3)
    assert order(large, small) == ["small", "large"]


def test_a_clear_lead_is_no_tie() -> None:
    lead = candidate("lead", LARGE), evaluation(0.3, 4)
    small = candidate("small", SMALL, "f1"), evaluation(0.0, 5)
    third = candidate("third", LARGE, "f1"), evaluation(-0.3, 6)
    assert order(third, small, lead) == ["lead", "small", "third"]
