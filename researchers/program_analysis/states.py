"""States: what the local variables were right before a statement, in failing and passing tests."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from researchers.program_analysis.localize import losses_of
from researchers.program_analysis.program import Program
from tasks.records.dossier import Dossier

LONGEST = 2_000
"""Characters or entries of a value that is taken."""
PER_FAILING = 24
"""States of one statement that the tracer keeps of a failing test: so many may not be all."""


@dataclass(frozen=True, eq=False)
class Instance:
    """An object of a class that is not built in, with the fields it was seen with."""

    classes: tuple[str, ...]
    number: int
    fields: Mapping[str, object]


@dataclass(frozen=True, eq=False)
class Untold:
    """A value of which only the classes, and perhaps the length, are known."""

    classes: tuple[str, ...]
    length: int | None


@dataclass(frozen=True, eq=False)
class State:
    """The local variables at one moment of one test."""

    item: str
    fails: bool
    values: Mapping[str, object]


@dataclass(frozen=True, eq=False)
class Place:
    """What was seen before one statement; distinct states only.

    `complete` says that no failing test ran through it more often than states were kept.
    """

    failing: tuple[State, ...]
    passing: tuple[State, ...]
    complete: bool


class States:
    """The states of one traced run by place."""

    def __init__(self, dossier: Dossier) -> None:
        self._trace = dossier.trace
        self._losses = losses_of(dossier)
        self._known: dict[str, Place] = {}

    @property
    def any(self) -> bool:
        """Whether the run kept states at all."""
        return bool(self._trace.states.rows)

    def at(self, path: str, line: int) -> Place:
        """What was seen before the statement that begins there."""
        key = f"{path}:{line}"
        if key not in self._known:
            self._known[key] = self._place(self._trace.states.rows.get(key, ()))
        return self._known[key]

    def _place(self, rows: Sequence[tuple[int, ...]]) -> Place:
        states = [self._state(row) for row in dict.fromkeys(rows)]
        often = Counter(row[0] for row in rows)
        return Place(
            failing=_in_turns(s for s in states if s.fails),
            passing=_in_turns(s for s in states if not s.fails),
            complete=max(often.values(), default=0) < PER_FAILING,
        )

    def _state(self, row: tuple[int, ...]) -> State:
        table = self._trace.states
        (item,) = self._trace.named(row[0])
        values = {
            table.names[name]: self._values[value]
            for name, value in zip(row[1::2], row[2::2], strict=True)
        }
        return State(item, self._losses.get(item, 0.0) > 0, values)

    @cached_property
    def _values(self) -> tuple[object, ...]:
        return tuple(decoded(text) for text in self._trace.states.values)


def _in_turns(states: Iterable[State]) -> tuple[State, ...]:
    """The first of every test, then the second: who looks at a few sees as many tests as can be."""
    seen: Counter[str] = Counter()
    placed = []
    for state in states:
        placed.append((seen[state.item], state))
        seen[state.item] += 1
    return tuple(state for _, state in sorted(placed, key=lambda entry: entry[0]))


@lru_cache(maxsize=4)
def states_of(program: Program) -> States:
    """The states of a program's traced run; made once."""
    return States(program.dossier)


def decoded(text: str) -> object:
    """A value as the tracer wrote it; `Untold` where that makes no sense."""
    try:
        return _value(json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError):
        return Untold((), None)


def _value(told: Any) -> object:
    if isinstance(told, str) and len(told) > LONGEST:
        return Untold(("str", "object"), len(told))
    if not isinstance(told, dict):
        return told
    if "?" in told:
        length = told.get("n")
        return Untold(tuple(map(str, told["?"])), length if type(length) is int else None)
    ((mark, held),) = told.items()
    if len(held) > LONGEST:
        raise ValueError(f"holds {len(held)} entries")
    if mark == "b":
        return held.encode("latin-1")
    if mark == "o":
        classes, number, fields = held
        return Instance(
            tuple(map(str, classes)), number, {str(name): _value(entry) for name, entry in fields}
        )
    if mark == "d":
        return {_value(key): _value(entry) for key, entry in held}
    make = {"l": list, "t": tuple, "s": set}[mark]
    return make(_value(entry) for entry in held)
