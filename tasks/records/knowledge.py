"""Knowledge and experience: what was published, and what earlier runs tried."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from tasks.records.base import Record


class KnowledgeEntry(Record):
    """One entry of the cognition base, in our own words, with its source.

    `symptoms` say when it applies, `recipes` name the component recipes it supports.
    """

    id: str
    title: str
    text: str
    source: str
    symptoms: tuple[str, ...] = ()
    recipes: tuple[str, ...] = ()


class KnowledgeHit(Record):
    """An entry with its similarity to the failure slice that asked."""

    entry: KnowledgeEntry
    query: str
    similarity: float


class ExperienceEntry(Record):
    """One trial as it is remembered across runs.

    `target` is the target's name, `tree` the digest of the tree it was applied to. `lesson` is
    what the researcher learned from it, if it said so. `settings` are the values of all declared
    knobs where the trial was one of a tuner, by `file:key`.
    """

    id: str
    run: str
    target: str
    tree: str
    title: str
    idea: str
    change_type: str
    source: str
    researcher: str
    verdict: str
    reason: str
    delta: float
    edit_digest: str
    lesson: str = ""
    settings: Mapping[str, int | float | str | bool] = Field(default_factory=dict)


class ExperienceHit(Record):
    """A remembered trial with its similarity to the idea that asked."""

    entry: ExperienceEntry
    similarity: float
