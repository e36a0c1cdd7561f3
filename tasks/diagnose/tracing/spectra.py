"""Which items ran through which statement and saw which values, of all processes together."""

from __future__ import annotations

from tasks.diagnose.tracing.content import TraceContent


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
