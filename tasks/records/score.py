"""Scores: what an evaluation yields per item, and the summary that may be printed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import Field

from tasks.records.base import Record


class Interval(Record):
    """A two-sided confidence interval; `level` is its coverage, .95 unless said otherwise.

    A level of 1 says that nothing was estimated: the items are all there are.
    """

    low: float
    high: float
    level: float = 0.95

    @property
    def exact(self) -> bool:
        """Whether the figure was counted, so that the interval is a point."""
        return self.level >= 1.0


class ItemScore(Record):
    """One item's result, in the metric's own unit; higher is not always better: ask the metric.

    `retrieved` lists the context identifiers that the target says it used, when it says so.
    """

    item: str
    group: str
    score: float
    prediction: str = ""
    retrieved: tuple[str, ...] = ()


class Evaluation(Record):
    """Per-item scores of one source tree on one set of items with one seed.

    `seconds` is wall-clock time inside the sandbox; `cached` says that nothing was run.
    """

    tree: str
    split: str
    seed: int
    items: tuple[ItemScore, ...]
    seconds: float = 0.0
    cached: bool = False

    @property
    def by_item(self) -> dict[str, float]:
        """Item id to score."""
        return {entry.item: entry.score for entry in self.items}

    @property
    def mean(self) -> float:
        """The mean over items; 0 for none."""
        return sum(e.score for e in self.items) / len(self.items) if self.items else 0.0

    def among(self, items: Collection[str]) -> Evaluation:
        """The part of it on these items, by id."""
        kept = tuple(entry for entry in self.items if entry.item in items)
        return self.model_copy(update={"items": kept})


class Estimate(Record):
    """A figure as it may be printed: with its interval and its n. `groups` counts the clusters."""

    score: float
    interval: Interval
    n: int
    groups: int


class Summary(Estimate):
    """An estimate with the same by slice: `by_slice["category"]["temporal"]`."""

    by_slice: Mapping[str, Mapping[str, Estimate]] = Field(default_factory=dict)


class ErrorTerms(Record):
    """What the error of a difference is made of, in the metric's unit.

    `clustered` is the standard error over groups with its `degrees` of freedom, `items` the one
    that independent items would have.
    """

    clustered: float
    items: float
    degrees: float


class Difference(Record):
    """A paired difference, candidate minus reference, oriented so that positive is better.

    `p_value` is one-sided: the probability under no effect of a difference at least as good.
    `error` is None where nothing was sampled, or where a single group leaves no error over groups.
    """

    delta: float
    interval: Interval
    p_value: float
    n: int
    groups: int
    error: ErrorTerms | None = None

    @property
    def figures(self) -> str:
        """Such as `+0.0312 [+0.0119, +0.0505]`: four places, for lines that stand below another."""
        return f"{self.delta:+.4f} [{self.interval.low:+.4f}, {self.interval.high:+.4f}]"


class Part(Record):
    """How a candidate does on one part of the development items: its score, and its paired gain."""

    score: Estimate
    gain: Difference


class NoiseFloor(Record):
    """How far the untouched base moves between repeats: seeds, means, and their spread."""

    means: tuple[float, ...]
    standard_deviation: float
    items_that_moved: int
    repeats: int
