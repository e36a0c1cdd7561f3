"""A benchmark: items with questions that may be shown and gold that may not, grouped by source."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

Json = Any
"""Anything `json.dumps` takes."""

Scorer = Callable[[str, Mapping[str, Json]], float]
"""Scores one prediction against one item's gold: `scorer(prediction, gold) -> float`."""


@dataclass(frozen=True)
class Item:
    """One question.

    `id` is opaque: it must not reveal the category, the answer or the position in the source.
    `question` is all a candidate sees beside `id` and `group`; `gold` stays with the scorer.
    `slices` names the subpopulations that the item belongs to, such as `{"category": "temporal"}`;
    they are for the report and the diagnosis, and are never shown to a candidate.
    """

    id: str
    group: str
    question: Mapping[str, Json]
    gold: Mapping[str, Json]
    slices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Benchmark:
    """Items and the public context of every group.

    `contexts[group]` is the JSON document that a candidate may read for that group's items, and
    `assets`, where set, is a folder with one sub-folder a group (pictures) that is shown likewise.
    `repairs` counts what the loader had to mend in the source, by kind of dirt.
    """

    name: str
    items: tuple[Item, ...]
    contexts: Mapping[str, Json]
    assets: Path | None = None
    repairs: Mapping[str, int] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in a stable order."""
        return tuple(sorted(self.contexts))

    @property
    def digest(self) -> str:
        """SHA-256 over items and contexts: two benchmarks with one digest score alike."""
        document = {
            "items": [
                [i.id, i.group, dict(i.question), dict(i.gold), dict(i.slices)] for i in self.items
            ],
            "contexts": {group: self.contexts[group] for group in self.groups},
        }
        return sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def opaque_id(*parts: str) -> str:
    """A short identifier that sorts in no telling order: a digest of its parts."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:12]
