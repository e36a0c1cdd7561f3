"""Sampling: a bounded set of items for the dossier, from every slice and every level of score."""

from __future__ import annotations

import random
from collections.abc import Mapping

from memory_systems.benchmark import Item
from tasks.diagnose.gold import gold_text, question_text
from tasks.diagnose.losses import Loss, losses_of
from tasks.records.dossier import Sample
from tasks.records.score import Evaluation

LIMIT = 60
BANDS = 3


def samples(
    evaluation: Evaluation,
    items: Mapping[str, Item],
    sign: int = 1,
    seed: int = 0,
    limit: int = LIMIT,
) -> tuple[Sample, ...]:
    """At most `limit` items, dealt in turn from strata of declared slices and loss bands.

    The same arguments give the same sample. Items without question and gold (other metrics than
    predictions) are sampled with both empty.
    """
    losses = losses_of(evaluation, items, sign)
    largest = max((entry.loss for entry in losses), default=0.0)
    strata: dict[tuple[object, ...], list[Loss]] = {}
    for entry in sorted(losses, key=lambda loss: loss.entry.item):
        item = items.get(entry.entry.item)
        slices = tuple(sorted(item.slices.items())) if item is not None else ()
        band = min(int(BANDS * entry.loss / largest), BANDS - 1) if largest > 0 else 0
        strata.setdefault((-band, *slices), []).append(entry)
    dice = random.Random(seed)
    for members in strata.values():
        dice.shuffle(members)
    order = sorted(strata, key=str)
    dice.shuffle(order)
    dealt: list[Loss] = []
    while len(dealt) < limit and any(strata.values()):
        for stratum in order:
            if strata[stratum] and len(dealt) < limit:
                dealt.append(strata[stratum].pop())
    return tuple(_sample(entry, items.get(entry.entry.item)) for entry in dealt)


def _sample(loss: Loss, item: Item | None) -> Sample:
    entry = loss.entry
    return Sample(
        item=entry.item,
        group=entry.group,
        question=question_text(item) if item is not None else "",
        gold=gold_text(item) if item is not None else "",
        prediction=entry.prediction,
        score=entry.score,
        slices=dict(item.slices) if item is not None else {},
    )
