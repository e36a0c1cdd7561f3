"""Which items ran through which statement and saw which values, of all processes together."""

from __future__ import annotations

from tasks.diagnose.tracing.content import TraceContent
from tasks.diagnose.tracing.guest.whetstone_tracer.sets import Sets
from tasks.records.evidence import StateTable


def statements_of(traces: list[TraceContent]) -> dict[str, set[str]]:
    """`path:line` to the items during which the statement ran."""
    together: dict[str, set[str]] = {}
    for trace in traces:
        for path, lines in trace.lines.items():
            for line, number in lines:
                together.setdefault(f"{path}:{line}", set()).update(trace.named(number))
    return together


def values_of(traces: list[TraceContent]) -> dict[str, dict[str, set[str]]]:
    """`path:function` to `name is None` and the like, each to the items in which it occurred."""
    together: dict[str, dict[str, set[str]]] = {}
    for trace in traces:
        for flow in trace.flows:
            for name, summary, number in flow.values:
                found = together.setdefault(f"{flow.path}:{flow.function}", {})
                found.setdefault(f"{name} is {summary}", set()).update(trace.named(number))
    return together


def states_of(traces: list[TraceContent], sets: Sets) -> StateTable:
    """Local variables before statements, by `path:line`."""
    names: dict[str, int] = {}
    values: dict[str, int] = {}
    rows: dict[str, list[tuple[int, ...]]] = {}
    for trace in traces:
        for path, found in trace.states.items():
            for line, item, *pairs in found:
                told = [sets.number(trace.named(item))]
                for name, value in zip(pairs[::2], pairs[1::2], strict=False):
                    told.append(names.setdefault(trace.names[name], len(names)))
                    told.append(values.setdefault(trace.texts[value], len(values)))
                rows.setdefault(f"{path}:{line}", []).append(tuple(told))
    return StateTable(
        names=tuple(names),
        values=tuple(values),
        rows={place: tuple(found) for place, found in rows.items()},
    )
