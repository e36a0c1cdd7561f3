"""The kinds of event: how each is told, and what can be asked about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from memory_systems.lifelog.data_files import read

FILES = ("happened", "lasting", "pictured", "inferred")
Templates = tuple[str, ...]


@dataclass(frozen=True)
class Collecting:
    """Asking for the values of one slot over all events of a kind."""

    slot: str
    ask: Templates


@dataclass(frozen=True)
class Inference:
    """Asking for what follows from a slot's value; `verdict` is the answer of yes-no questions."""

    slot: str
    ask: Templates
    verdict: str | None = None


@dataclass(frozen=True)
class Kind:
    """`slots` names the vocabulary of every detail; a `once` kind a speaker tells only once.

    `ask` holds the questions for each slot, `when` those for the date.
    """

    name: str
    slots: Mapping[str, str]
    say: Templates
    ask: Mapping[str, Templates]
    when: Templates = ()
    collecting: Collecting | None = None
    inference: Inference | None = None
    once: bool = False
    timeless: bool = False
    future: bool = False

    @property
    def picture_slot(self) -> str | None:
        """The slot that only a picture's caption tells."""
        return next((slot for slot, source in self.slots.items() if source == "scene"), None)


@cache
def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the files' order."""
    return tuple(
        _kind(name, entry) for file in FILES for name, entry in read(f"kinds/{file}").items()
    )


def _kind(name: str, entry: Mapping[str, Any]) -> Kind:
    collecting, inference = entry.get("list"), entry.get("infer")
    return Kind(
        name=name,
        slots=entry["slots"],
        say=tuple(entry["say"]),
        ask={slot: tuple(questions) for slot, questions in entry["ask"].items()},
        when=tuple(entry.get("when", ())),
        collecting=collecting and Collecting(collecting["slot"], tuple(collecting["ask"])),
        inference=inference
        and Inference(inference["slot"], tuple(inference["ask"]), inference.get("verdict")),
        once=entry.get("once", False),
        timeless=entry.get("timeless", False),
        future=entry.get("future", False),
    )
