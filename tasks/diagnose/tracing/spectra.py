"""Which items ran through which statement and saw which values, of all processes together."""

from __future__ import annotations

from collections.abc import Iterable

from tasks.diagnose.tracing.content import TraceContent


class Spectra:
    """Numbers items and distinct sets of them."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self.sets: list[tuple[int, ...]] = []
        self._items: dict[str, int] = {}
        self._sets: dict[tuple[int, ...], int] = {}

    def number(self, items: Iterable[str]) -> int:
        """The number of a set."""
        key = tuple(sorted(self._item(item) for item in sorted(items)))
        if key not in self._sets:
            self._sets[key] = len(self.sets)
            self.sets.append(key)
        return self._sets[key]

    def _item(self, item: str) -> int:
        if item not in self._items:
            self._items[item] = len(self.items)
            self.items.append(item)
        return self._items[item]


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
