"""Reads what the tracer left: written beside hostile code, so strictly and within bounds."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from tasks.diagnose.tracing.content import DropContent, FlowContent, LoopContent, TraceContent
from tasks.diagnose.tracing.guest.whetstone_tracer.sets import Sets
from tasks.diagnose.tracing.spectra import statements_of, states_of, values_of
from tasks.errors import PredictError
from tasks.records.evidence import (
    DropCount,
    FlowCount,
    FlowTrace,
    Location,
    LoopCount,
    SwallowedException,
)

LARGEST = 32 * 1024 * 1024
PROCESSES = 64
CURE = "run the predict command by hand under the variables of tracer_environment()"


def read_trace(path: Path, untraced_seconds: float | None = None) -> FlowTrace:
    """The trace of a run, its processes added up.

    `items` counts the items that were recognised; with none, `coverage` is empty. Seconds are the
    longest process's, so that `slowdown` compares wall-clock with `untraced_seconds`. Raises
    PredictError when the run left no trace or something that is none.
    """
    traces = _parts(path)
    flows = _flows(traces)
    covered = _coverage(traces)
    sets = Sets()
    statements = {k: sets.number(v) for k, v in statements_of(traces).items()}
    values = {
        function: {k: sets.number(v) for k, v in found.items()}
        for function, found in values_of(traces).items()
    }
    states = states_of(traces, sets)
    seconds = max(trace.seconds for trace in traces)
    return FlowTrace(
        flows=flows,
        swallowed=_swallowed(traces),
        drops=_drops(traces),
        loops=_loops(traces),
        coverage=covered,
        item_ids=tuple(sets.items),
        sets=tuple(sets.sets),
        statements=statements,
        values=values,
        states=states,
        items=len({item for items in covered.values() for item in items} | set(sets.items)),
        seconds=seconds,
        slowdown=seconds / untraced_seconds if untraced_seconds else None,
    )


def untraced_modules(path: Path) -> dict[str, str]:
    """Modules that ran without instrumentation, each with the reason. Raises PredictError."""
    return {name: why for trace in _parts(path) for name, why in trace.untraced.items()}


def _parts(path: Path) -> list[TraceContent]:
    further = [path.with_name(f"{path.name}.{index}") for index in range(1, PROCESSES)]
    return [_part(path), *(_part(other) for other in further if other.is_file())]


def _part(path: Path) -> TraceContent:
    try:
        return TraceContent.model_validate_json(_bytes(path))
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


def _flows(traces: list[TraceContent]) -> tuple[FlowCount, ...]:
    together: dict[Location, list[FlowContent]] = {}
    for trace in traces:
        for flow in trace.flows:
            together.setdefault(flow.location, []).append(flow)
    return tuple(_merged(location, parts) for location, parts in together.items())


def _merged(location: Location, parts: list[FlowContent]) -> FlowCount:
    sized = [(max(part.calls, 1), part.sizes) for part in parts if part.sizes is not None]
    busiest = max(sized, default=None)
    return FlowCount(
        location=location,
        calls=sum(part.calls for part in parts),
        inputs=_added(part.inputs for part in parts),
        outputs=_added(part.outputs for part in parts),
        out_sizes=None
        if busiest is None
        else (min(s[0] for _, s in sized), busiest[1][1], max(s[2] for _, s in sized)),
        empty_returns=sum(part.empty for part in parts),
        seconds=sum(part.seconds for part in parts),
    )


def _drops(traces: list[TraceContent]) -> tuple[DropCount, ...]:
    together: dict[tuple[Location, str, str], list[DropContent]] = {}
    for trace in traces:
        for drop in trace.drops:
            key = (drop.location, drop.statement, drop.how)
            together.setdefault(key, []).append(drop)
    return tuple(
        DropCount(
            location=location,
            statement=statement,
            how=how,
            dropped=sum(part.dropped for part in parts),
            seen=sum(part.seen for part in parts),
            kinds=_added(part.kinds for part in parts),
        )
        for (location, statement, how), parts in together.items()
    )


def _loops(traces: list[TraceContent]) -> tuple[LoopCount, ...]:
    together: dict[Location, list[LoopContent]] = {}
    for trace in traces:
        for loop in trace.loops:
            together.setdefault(loop.location, []).append(loop)
    return tuple(
        LoopCount(
            location=location,
            entered=sum(part.entered for part in parts),
            records=sum(part.records for part in parts),
            kinds=_added(part.kinds for part in parts),
        )
        for location, parts in together.items()
    )


def _added(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    return dict(sum((Counter(entry) for entry in counts), Counter()))


def _swallowed(traces: list[TraceContent]) -> tuple[SwallowedException, ...]:
    together: Counter[tuple[Location, str, str, str]] = Counter()
    for trace in traces:
        for entry in trace.swallowed:
            key = (entry.location, entry.exception, entry.message, entry.raised)
            together[key] += entry.count
    return tuple(
        SwallowedException(
            location=location, exception=exception, message=message, raised=raised, count=count
        )
        for (location, exception, message, raised), count in together.most_common()
    )


def _coverage(traces: list[TraceContent]) -> dict[str, tuple[str, ...]]:
    together: dict[str, set[str]] = {}
    for trace in traces:
        for flow in trace.flows:
            if trace.sets[flow.items]:
                items = together.setdefault(f"{flow.path}:{flow.function}", set())
                items.update(trace.named(flow.items))
    return {name: tuple(sorted(items)) for name, items in together.items()}
