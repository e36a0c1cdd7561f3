"""A draft: one change as an operator or recipe writes it, before it is ranked and numbered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from researchers.program_analysis.context import Context
from tasks.records.change import FineType
from tasks.records.evidence import Location

_Told = TypeVar("_Told")


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


class Known(Generic[_Told]):
    """What was found out about drafts, once for each; by identity, as their files are many."""

    def __init__(self, find: Callable[[Draft], _Told]) -> None:
        self._find = find
        self._found: dict[int, tuple[Draft, _Told]] = {}

    def of(self, draft: Draft) -> _Told:
        """What is known of a draft, found out if it was not."""
        if id(draft) not in self._found:
            # The draft is held, so that its identity stays its own.
            self._found[id(draft)] = draft, self._find(draft)
        return self._found[id(draft)][1]

    def get(self, draft: Draft) -> _Told | None:
        """What is known of a draft so far."""
        found = self._found.get(id(draft))
        return None if found is None else found[1]


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
