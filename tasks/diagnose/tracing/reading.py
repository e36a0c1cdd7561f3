"""Reads what the tracer left: written beside hostile code, so strictly and within bounds."""

from __future__ import annotations

import os
import stat
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from tasks.errors import PredictError
from tasks.records.evidence import (
    DropCount,
    FlowCount,
    FlowTrace,
    Location,
    SwallowedException,
)

LARGEST = 32 * 1024 * 1024
PROCESSES = 16
MOST = 5_000
CURE = "run the predict command by hand under the variables of tracer_environment()"


def _inside(path: str) -> str:
    pure = PurePosixPath(path)
    if not path or pure.is_absolute() or ".." in pure.parts or "\0" in path:
        raise ValueError("must be relative and inside the target")
    return path


Count = Annotated[int, Field(ge=0, lt=2**62)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Text = Annotated[str, Field(max_length=400)]
RelativePath = Annotated[str, Field(max_length=400), AfterValidator(_inside)]
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
        return Location(
            path=self.path, line=self.line, end_line=self.end_line, function=self.function
        )


class _Flow(_Placed):
    calls: Count
    inputs: Kinds
    outputs: Kinds
    sizes: Annotated[list[Count], Field(min_length=3, max_length=3)] | None
    empty: Count
    seconds: Seconds
    items: Annotated[list[Text], Field(max_length=100_000)]


class _Drop(_Placed):
    statement: Text
    dropped: Count
    seen: Count


class _Swallowed(_Placed):
    exception: Text
    message: Text
    count: Count


class _Trace(_Strict):
    version: Literal[1]
    seconds: Seconds
    flows: Annotated[list[_Flow], Field(max_length=MOST)]
    drops: Annotated[list[_Drop], Field(max_length=MOST)]
    swallowed: Annotated[list[_Swallowed], Field(max_length=MOST)]
    untraced: Annotated[dict[RelativePath, Text], Field(max_length=MOST)]


def read_trace(path: Path, untraced_seconds: float | None = None) -> FlowTrace:
    """The trace of a run, its processes added up.

    `items` counts the items that were recognised; with none, `coverage` is empty. Seconds are the
    longest process's, so that `slowdown` compares wall-clock with `untraced_seconds`. Raises
    PredictError when the run left no trace or something that is none.
    """
    traces = _parts(path)
    flows = _flows(traces)
    covered = _coverage(traces)
    seconds = max(trace.seconds for trace in traces)
    return FlowTrace(
        flows=flows,
        swallowed=_swallowed(traces),
        drops=_drops(traces),
        coverage=covered,
        items=len({item for items in covered.values() for item in items}),
        seconds=seconds,
        slowdown=seconds / untraced_seconds if untraced_seconds else None,
    )


def untraced_modules(path: Path) -> dict[str, str]:
    """Modules that ran without instrumentation, each with the reason. Raises PredictError."""
    return {name: why for trace in _parts(path) for name, why in trace.untraced.items()}


def _parts(path: Path) -> list[_Trace]:
    further = [path.with_name(f"{path.name}.{index}") for index in range(1, PROCESSES)]
    return [_part(path), *(_part(other) for other in further if other.is_file())]


def _part(path: Path) -> _Trace:
    try:
        return _Trace.model_validate_json(_bytes(path))
    except OSError as error:
        raise PredictError(f"the traced run left no trace at {path}: {error}", CURE) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])[:200]
        raise PredictError(f"{path} is no trace: {where}: {first['msg']}", CURE) from error


def _bytes(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("not a plain file")
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise OSError(f"larger than {LARGEST} bytes")
    return content


def _flows(traces: list[_Trace]) -> tuple[FlowCount, ...]:
    together: dict[Location, list[_Flow]] = {}
    for trace in traces:
        for flow in trace.flows:
            together.setdefault(flow.location, []).append(flow)
    return tuple(_merged(location, parts) for location, parts in together.items())


def _merged(location: Location, parts: list[_Flow]) -> FlowCount:
    sized = [(max(part.calls, 1), part.sizes) for part in parts if part.sizes is not None]
    busiest = max(sized, default=None)
    return FlowCount(
        location=location,
        calls=sum(part.calls for part in parts),
        inputs=dict(sum((Counter(part.inputs) for part in parts), Counter())),
        outputs=dict(sum((Counter(part.outputs) for part in parts), Counter())),
        out_sizes=None
        if busiest is None
        else (min(s[0] for _, s in sized), busiest[1][1], max(s[2] for _, s in sized)),
        empty_returns=sum(part.empty for part in parts),
        seconds=sum(part.seconds for part in parts),
    )


def _drops(traces: list[_Trace]) -> tuple[DropCount, ...]:
    together: dict[tuple[Location, str], list[_Drop]] = {}
    for trace in traces:
        for drop in trace.drops:
            together.setdefault((drop.location, drop.statement), []).append(drop)
    return tuple(
        DropCount(
            location=location,
            statement=statement,
            dropped=sum(part.dropped for part in parts),
            seen=sum(part.seen for part in parts),
        )
        for (location, statement), parts in together.items()
    )


def _swallowed(traces: list[_Trace]) -> tuple[SwallowedException, ...]:
    together: Counter[tuple[Location, str, str]] = Counter()
    for trace in traces:
        for entry in trace.swallowed:
            together[entry.location, entry.exception, entry.message] += entry.count
    return tuple(
        SwallowedException(location=location, exception=exception, message=message, count=count)
        for (location, exception, message), count in together.most_common()
    )


def _coverage(traces: list[_Trace]) -> dict[str, tuple[str, ...]]:
    together: dict[str, set[str]] = {}
    for trace in traces:
        for flow in trace.flows:
            if flow.items:
                together.setdefault(f"{flow.path}:{flow.function}", set()).update(flow.items)
    return {name: tuple(sorted(items)) for name, items in together.items()}
