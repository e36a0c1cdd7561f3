"""Failure slices: where the score is lost, and what typical wrong predictions look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from memory_systems.benchmark import Item
from tasks.diagnose.gold import gold_text
from tasks.diagnose.losses import Loss, losses_of
from tasks.diagnose.slicing import slices_of
from tasks.records.evidence import FailureReport, FailureSlice
from tasks.records.score import Evaluation

WORST = 5
SMALLEST = 3
"""Items that a slice must have unless it was declared."""


def slice_failures(
    evaluation: Evaluation,
    items: Mapping[str, Item],
    slices: Mapping[str, Mapping[str, str]],
    dimensions: Sequence[str] = (),
    sign: int = 1,
) -> FailureReport:
    """Slices an evaluation, largest share of all loss first.

    `items` are those known with question and gold (none for some metrics), `slices` the declared
    ones by item, `dimensions` which of them to use (default: all), `sign` is +1 where larger is
    better. `retrieval_loss` and `answer_loss` are shares of all loss, like `loss_share`; they add
    up to it where every item of the slice has gold evidence.
    """
    losses = losses_of(evaluation, items, sign)
    total = sum(entry.loss for entry in losses)
    members: dict[tuple[str, str], list[Loss]] = {}
    declared: set[str] = set()
    belonging = slices_of(evaluation, items, slices, dimensions)
    for loss in losses:
        declared.update(slices.get(loss.entry.item, {}))
        for dimension, value in belonging[loss.entry.item].items():
            members.setdefault((dimension, value), []).append(loss)
    found = [
        _slice(dimension, value, entries, total)
        for (dimension, value), entries in members.items()
        if dimension in declared or len(entries) >= SMALLEST
    ]
    known = [entry for entry in evaluation.items if entry.item in items]
    predictions = Counter(text for entry in known if (text := entry.prediction.strip()))
    same = max(predictions.values(), default=0)
    answered = [(e.prediction, gold) for e in known if (gold := gold_text(items[e.item]))]
    return FailureReport(
        slices=tuple(sorted(found, key=lambda s: (-s.loss_share, s.dimension, s.value))),
        prediction_words=_median_words([prediction for prediction, _ in answered]),
        gold_words=_median_words([gold for _, gold in answered]),
        empty_predictions=sum(not entry.prediction.strip() for entry in known),
        constant_predictions=same if same > 1 else 0,
    )


def _slice(dimension: str, value: str, entries: Sequence[Loss], total: float) -> FailureSlice:
    split = [(e.loss, e.missed) for e in entries if e.missed is not None]
    retrieval = sum(loss * missed for loss, missed in split)
    answer = sum(loss * (1 - missed) for loss, missed in split)
    worst = sorted(entries, key=lambda e: (-e.loss, e.entry.item))[:WORST]
    return FailureSlice(
        dimension=dimension,
        value=value,
        n=len(entries),
        mean=sum(e.entry.score for e in entries) / len(entries),
        loss_share=_share(sum(e.loss for e in entries), total),
        retrieval_loss=_share(retrieval, total) if split else None,
        answer_loss=_share(answer, total) if split else None,
        worst=tuple(e.entry.item for e in worst if e.loss > 0),
    )


def _share(part: float, total: float) -> float:
    return part / total if total > 0 else 0.0


def _median_words(texts: Sequence[str]) -> float | None:
    return float(median(len(text.split()) for text in texts)) if texts else None
