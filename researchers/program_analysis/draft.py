"""A draft: one change as an operator or recipe writes it, before it is ranked and numbered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from researchers.program_analysis.context import Context
from tasks.records.change import FineType
from tasks.records.evidence import Location


@dataclass(frozen=True)
class Draft:
    """New texts of files, why, and how much hope there is.

    `strength` in 0 to 1 is the evidence for this very edit; `effect` a factor for how much of the
    loss it could touch. `files` maps paths to whole new texts.
    """

    title: str
    why: str
    location: Location
    files: Mapping[str, str]
    strength: float
    effect: float = 1.0
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operator:
    """A repair template: `drafts` yields every edit it would make in a program.

    `template` is the family in the program-repair literature; `prior` the share of its edits that
    are worth an evaluation, before any evidence.
    """

    name: str
    template: str
    change_type: FineType
    prior: float
    drafts: Callable[[Context], Iterator[Draft]] = field(repr=False)
    blind: bool = False
    """Whether its edits come without a finding, as plain mutations do."""
