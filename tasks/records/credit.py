"""Credit: what changes, types and researchers earned, how gains compose, and what it cost."""

from __future__ import annotations

from typing import Literal

from tasks.records.base import Record
from tasks.records.score import Difference


class Share(Record):
    """What some changes earned together: the sum of their Shapley values."""

    name: str
    changes: int
    difference: Difference | None


class Dependency(Record):
    """A change that needs others, by id: its text does not apply without them, or it fails."""

    change: str
    needs: tuple[str, ...]
    kind: Literal["text", "run"]
    detail: str


class Interaction(Record):
    """What two changes, or two types, earn together beyond what each earns alone.

    Below zero they overlap, above it they need each other. `draws` is 0 where it is exact.
    """

    between: Literal["changes", "types"]
    first: str
    second: str
    difference: Difference
    draws: int = 0


class Composition(Record):
    """Whether gains add up: `parts` is the sum of what each change earns alone on the base.

    `residual` is whole minus parts. `verdict`: `overlap` where its interval lies below zero,
    `synergy` above it, else `open`.
    """

    whole: Difference
    parts: Difference
    residual: Difference
    verdict: Literal["overlap", "synergy", "open"]


class CreditCost(Record):
    """What the figures rest on, and what they cost.

    `measured` counts the sets of changes that were; `evaluations` of them were not known from the
    search, of a `budget`; `probes` went into finding out which change needs which. Where `method`
    is `sampled`, values are averages over `orders` of the changes.
    """

    method: Literal["exact", "sampled", "none"]
    budget: int
    measured: int
    evaluations: int
    probes: int
    orders: int
    seconds: float


class CreditReport(Record):
    """Everything about credit that is not of one change or one type."""

    cost: CreditCost
    composition: Composition | None = None
    interactions: tuple[Interaction, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    by_researcher: tuple[Share, ...] = ()
    by_declared: tuple[Share, ...] = ()
    sealed_note: str = ""
    note: str = ""
