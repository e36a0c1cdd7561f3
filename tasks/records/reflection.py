"""Reflection: what became of a round's proposals, and what a researcher makes of it."""

from __future__ import annotations

from tasks.records.base import Record
from tasks.records.change import FineType, Proposal
from tasks.records.trial import Verdict


class PastTrial(Record):
    """A change that this run tried, with what came of it and what was learned from it.

    `delta` is its paired gain on dev, positive is better; None where it was not measured.
    """

    id: str
    title: str
    rationale: str
    change_type: FineType
    researcher: str
    round: int
    verdict: str
    reason: str
    delta: float | None = None
    lesson: str = ""
    diff: str = ""


class Outcome(Record):
    """A proposal of the round that ends, its diff, and its verdict."""

    proposal: Proposal
    diff: str
    verdict: Verdict


class Lesson(Record):
    """What a researcher learned from one of its proposals, in a sentence or two."""

    proposal: str
    text: str


class Reflection(Record):
    """What a researcher makes of a round.

    `refinements` go to the next round's patch stage as they are; with none of them the research
    pivots, and `direction` says where to.
    """

    lessons: tuple[Lesson, ...] = ()
    direction: str = ""
    refinements: tuple[Proposal, ...] = ()
