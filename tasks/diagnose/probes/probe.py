"""What a probe is: a changed input, and what each prediction must then be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from memory_systems.benchmark import Item

Json = Any


@dataclass(frozen=True)
class Given:
    """Some items of one group with their context, and what the target predicts for them."""

    context: Json
    items: Sequence[Item]
    predictions: Mapping[str, str]


def unchanged(prediction: str) -> str | None:
    """The expectation of an invariance: the same prediction."""
    return prediction


@dataclass(frozen=True)
class Case:
    """A changed input.

    `questions` gives each item's new question, `names` new identifiers where items get other ones
    (they decide the order in which questions are written). `expected` maps an old prediction to the
    new one, or to None where the relation says nothing. `environment` is added to the call.
    `what` ends the sentence "predictions change when ...".
    """

    what: str
    context: Json
    questions: Mapping[str, Mapping[str, Json]]
    names: Mapping[str, str] = field(default_factory=dict)
    expected: Callable[[str], str | None] = unchanged
    environment: Mapping[str, str] = field(default_factory=dict)


class Probe(Protocol):
    """One relation; a new one is a file with such an object, and a line in the battery."""

    @property
    def relation(self) -> str:
        """Its name."""
        ...

    def case(self, given: Given) -> Case | str:
        """The changed input, or the reason why the relation does not apply."""
        ...


@dataclass(frozen=True)
class Relation:
    """A probe made of a name and a function."""

    relation: str
    make: Callable[[Given], Case | str] = field(repr=False)

    def case(self, given: Given) -> Case | str:
        """See Probe.case."""
        return self.make(given)


def asked(given: Given) -> dict[str, Mapping[str, Json]]:
    """The questions as they are."""
    return {item.id: item.question for item in given.items}
