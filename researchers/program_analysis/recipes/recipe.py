"""A recipe: how a component known from the literature is put into a program that lacks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from researchers.program_analysis.context import Context
from researchers.program_analysis.draft import Draft
from tasks.records.change import FineType


@dataclass(frozen=True)
class Recipe:
    """`match` gives drafts, or the reason why the program has no place for the component.

    `name` is the one that entries of the cognition base cite, and `cites` names the entries that
    speak for the recipe most; its hypotheses carry them.
    """

    name: str
    change_type: FineType
    prior: float
    match: Callable[[Context], Sequence[Draft] | str] = field(repr=False)
    cites: tuple[str, ...] = ()
