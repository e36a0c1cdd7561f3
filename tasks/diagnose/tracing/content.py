"""What a trace file may hold: well-formed, within bounds, and nothing else."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from tasks.records.evidence import Location

MOST = 5_000
"""Functions, places and paths each."""
MOST_VALUES = 64
MOST_ITEMS = 100_000
MOST_LINES = 50_000
MOST_SETS = 400_000
MOST_CELLS = 8_000_000
MOST_STATES = 50_000
LONGEST_VALUE = 100_000


def _inside(path: str) -> str:
    pure = PurePosixPath(path)
    if not path or pure.is_absolute() or ".." in pure.parts or "\0" in path:
        raise ValueError("must be relative and inside the target")
    return path


Count = Annotated[int, Field(ge=0, lt=2**62)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Text = Annotated[str, Field(max_length=400)]
RelativePath = Annotated[str, Field(max_length=400), AfterValidator(_inside)]
Lines = Annotated[list[tuple[Count, Count]], Field(max_length=MOST_LINES)]
Row = Annotated[list[Count], Field(min_length=2, max_length=66)]
"""A line, a set of one item, and pairs of numbers of a name and a value."""
Kinds = Annotated[dict[Text, Count], Field(max_length=64)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Placed(_Strict):
    path: RelativePath
    line: Count
    end_line: Count
    function: Text

    @property
    def location(self) -> Location:
        """The place as a record."""
        return Location(
            path=self.path, line=self.line, end_line=self.end_line, function=self.function
        )


class FlowContent(_Placed):
    """One function; `items` and the last part of each value are numbers of sets."""

    calls: Count
    inputs: Kinds
    outputs: Kinds
    sizes: Annotated[list[Count], Field(min_length=3, max_length=3)] | None
    empty: Count
    seconds: Seconds
    items: Count
    values: Annotated[list[tuple[Text, Text, Count]], Field(max_length=MOST_VALUES)]


class DropContent(_Placed):
    """One place that dropped records."""

    statement: Text
    how: Text
    dropped: Count
    seen: Count
    kinds: Kinds


class LoopContent(_Placed):
    """One loop."""

    entered: Count
    records: Count
    kinds: Kinds


class SwallowedContent(_Placed):
    """One exception at one handler."""

    exception: Text
    message: Text
    raised: Text
    count: Count


class TraceContent(_Strict):
    """One process's trace."""

    version: Literal[5]
    seconds: Seconds
    flows: Annotated[list[FlowContent], Field(max_length=MOST)]
    drops: Annotated[list[DropContent], Field(max_length=MOST)]
    loops: Annotated[list[LoopContent], Field(max_length=MOST)]
    swallowed: Annotated[list[SwallowedContent], Field(max_length=MOST)]
    lines: Annotated[dict[RelativePath, Lines], Field(max_length=MOST)]
    untraced: Annotated[dict[RelativePath, Text], Field(max_length=MOST)]
    names: Annotated[list[Text], Field(max_length=MOST_STATES)]
    texts: Annotated[
        list[Annotated[str, Field(max_length=LONGEST_VALUE)]], Field(max_length=MOST_SETS)
    ]
    states: Annotated[
        dict[RelativePath, Annotated[list[Row], Field(max_length=MOST_STATES)]],
        Field(max_length=MOST),
    ]
    items: Annotated[list[Text], Field(max_length=MOST_ITEMS)]
    sets: Annotated[list[list[Count]], Field(max_length=MOST_SETS)]

    @model_validator(mode="after")
    def _numbered(self) -> TraceContent:
        """Every number of a set or an item is one that there is."""
        sets = [flow.items for flow in self.flows]
        sets += [number for flow in self.flows for _, _, number in flow.values]
        sets += [number for lines in self.lines.values() for _, number in lines]
        rows = [row for rows in self.states.values() for row in rows]
        if any(len(row) % 2 for row in rows):
            raise ValueError("has a state with a name and no value")
        sets += [row[1] for row in rows]
        if max((max(row[2::2], default=-1) for row in rows), default=-1) >= len(self.names):
            raise ValueError("names a variable that is not there")
        if max((max(row[3::2], default=-1) for row in rows), default=-1) >= len(self.texts):
            raise ValueError("names a value that is not there")
        if max(sets, default=-1) >= len(self.sets):
            raise ValueError("names a set that is not there")
        if any(len(self.sets[row[1]]) != 1 for row in rows):
            raise ValueError("has a state of no item, or of several")
        if max((max(s, default=-1) for s in self.sets), default=-1) >= len(self.items):
            raise ValueError("names an item that is not there")
        if sum(len(s) for s in self.sets) > MOST_CELLS:
            raise ValueError("has too many items in its sets")
        return self

    def named(self, number: int) -> frozenset[str]:
        """The items of a set."""
        return self._named[number]

    @cached_property
    def _named(self) -> list[frozenset[str]]:
        return [frozenset(self.items[index] for index in s) for s in self.sets]
