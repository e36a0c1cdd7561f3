"""Losses: how far each item falls short of the best, and whether retrieval or answer lost it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from memory_systems.benchmark import Item
from tasks.diagnose.gold import evidence_of
from tasks.records.score import Evaluation, ItemScore


@dataclass(frozen=True)
class Loss:
    """One item's loss in metric units, at least 0; `missed` is None where it cannot be known.

    `missed` is the share of the gold evidence that was not retrieved: that share of the loss
    counts as lost by retrieval, the rest as lost by the answer.
    """

    entry: ItemScore
    loss: float
    missed: float | None


def losses_of(evaluation: Evaluation, items: Mapping[str, Item], sign: int) -> tuple[Loss, ...]:
    """Every item's loss: against 1 for a maximised score within 0 to 1, else against the best."""
    scores = [entry.score * sign for entry in evaluation.items]
    bounded = sign > 0 and all(0 <= score <= 1 for score in scores)
    best = 1.0 if bounded else max(scores, default=0.0)
    reported = any(entry.retrieved for entry in evaluation.items)
    return tuple(
        Loss(entry, best - score, _missed(entry, items) if reported else None)
        for entry, score in zip(evaluation.items, scores, strict=True)
    )


def _missed(entry: ItemScore, items: Mapping[str, Item]) -> float | None:
    item = items.get(entry.item)
    evidence = set(evidence_of(item)) if item is not None else set()
    return len(evidence - set(entry.retrieved)) / len(evidence) if evidence else None
