"""Searches beside each other: grouped over seeds, paired item by item."""

from __future__ import annotations

from typing import Literal

from tasks.records.base import Record
from tasks.records.change import ChangeType
from tasks.records.cost import Cost
from tasks.records.score import Difference, Estimate, Evaluation, Interval


class TypeItems(Record):
    """Item by item, what all changes of one type earn: full minus full without them, on dev."""

    change_type: ChangeType
    items: Evaluation


class Band(Record):
    """The best so far after `x`, averaged over `n` seeds; an interval from three seeds on."""

    x: float
    mean: float
    interval: Interval | None
    n: int


class ArmGroup(Record):
    """One way to search, over its seeds: `cost` is the mean, `dev` and `sealed` are mean scores.

    The curves are best so far on dev, by passes of the metric and by seconds in the sandbox.
    """

    name: str
    runs: tuple[str, ...]
    seeds: tuple[int, ...]
    cost: Cost
    dev: float | None
    sealed: float | None
    by_passes: tuple[Band, ...]
    by_seconds: tuple[Band, ...]


class Against(Record):
    """The first group minus another, on the seeds that both have; positive is better.

    `sealed` is of scores averaged over seeds, at equal evaluations, `sealed_at_compute` at equal
    compute. `superiority` is the chance that the first does better on an item, ties by half;
    `ahead` counts the seeds by which it is better on the sealed split, of `seeds`.
    """

    other: str
    seeds: tuple[int, ...]
    dev: Difference | None
    sealed: Difference | None
    sealed_at_compute: Difference | None
    superiority: Estimate | None
    ahead: int


class TypeAgainst(Record):
    """What one type of change earned in one run, beside all that a tuner gained, on dev.

    `credit` is what is lost without the type, `shapley` the sum of its changes' Shapley values,
    None where not measured. `minus_tuning` is the former minus the tuner's gain, paired on the same
    items; None where the run kept no credit by item. `beats` says whether its interval excludes
    zero, and on which side.
    """

    run: str
    seed: int
    change_type: ChangeType
    credit: Difference | None
    shapley: Difference | None
    tuner: str
    tuning: Difference
    minus_tuning: Difference | None
    beats: Literal["yes", "no", "open"]


class Comparison(Record):
    """The first group is the one that all others are compared with; `notes` say what is missing."""

    target: str
    metric: str
    direction: str
    groups: tuple[ArmGroup, ...]
    against: tuple[Against, ...]
    types: tuple[TypeAgainst, ...]
    notes: tuple[str, ...]
