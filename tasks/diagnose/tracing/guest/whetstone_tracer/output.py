"""Writes what was recorded as JSON, bounded in size, one file a process."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from statistics import median_low
from time import perf_counter
from typing import Any

from .flow import Flow
from .lines import Lines
from .losses import LoopFlow
from .recorder import Recorder
from .sets import Sets

VERSION = 5
PROCESSES = 64
MOST = 5_000
"""Functions, drops, and swallowed exceptions each: the most frequent ones are kept."""


def write(recorder: Recorder, output: str) -> None:
    """Writes to `output`, or `output.1` and so on for further processes of the same run."""
    content = json.dumps(document(recorder), ensure_ascii=False).encode("utf-8", "replace")
    for index in range(PROCESSES):
        path = output if index == 0 else f"{output}.{index}"
        try:
            with open(path, "xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        except OSError as error:
            print(f"whetstone tracer: {path}: {error}", file=sys.stderr)
        return


def document(recorder: Recorder) -> dict[str, Any]:
    """Everything recorded in this process; ends the counting."""
    seconds = perf_counter() - recorder.started
    calls = [count() for count in recorder.calls]
    swallowed = recorder.swallowed.copy().most_common(MOST)
    flows = [(f, n) for f, n in zip(recorder.flows, calls) if n]  # noqa: B905  Python 3.9
    sets = Sets()
    return {
        "version": VERSION,
        "seconds": seconds,
        "flows": [_flow(*entry, sets) for entry in sorted(flows, key=lambda e: -e[1])[:MOST]],
        "drops": _drops(recorder),
        "loops": _loops(recorder),
        "swallowed": [
            {
                **asdict(recorder.handlers[handler]),
                "exception": name,
                "message": text,
                "raised": raised,
                "count": n,
            }
            for (handler, name, text, raised), n in swallowed
        ],
        "lines": _lines(recorder.lines, sets),
        **recorder.states.document(sets),
        "untraced": dict(list(recorder.untraced.items())[:MOST]),
        "items": sets.items,
        "sets": sets.sets,
    }


def _drops(recorder: Recorder) -> list[dict[str, Any]]:
    seen = [count() for count in recorder.seen]
    dropped = [count() for count in recorder.dropped]
    found = []
    for drop, counted in zip(recorder.losses.drops, dropped):  # noqa: B905  Python 3.9
        met = drop.met + (seen[drop.loop] if drop.loop is not None else 0)
        if drop.entered is not None:
            met += recorder.losses.loops[drop.entered].entered
        lost = counted + drop.lost
        if drop.kept is not None:
            lost = max(0, met - drop.kept)
        if met or lost:
            found.append(
                {
                    **asdict(drop.place), "statement": drop.statement, "how": drop.how,
                    "dropped": lost, "seen": max(lost, met), "kinds": drop.kinds.copy(),
                }
            )  # fmt: skip
    return sorted(found, key=lambda d: -d["dropped"])[:MOST]


def _loops(recorder: Recorder) -> list[dict[str, Any]]:
    loops = sorted((loop for loop in recorder.losses.loops if loop.entered), key=_records)[:MOST]
    return [
        {
            **asdict(loop.place),
            "entered": loop.entered,
            "records": loop.records,
            "kinds": loop.kinds.copy(),
        }
        for loop in loops
    ]


def _records(loop: LoopFlow) -> int:
    return -loop.records


def _lines(lines: Lines, sets: Sets) -> dict[str, list[list[int]]]:
    """By path: lines where a statement begins, each with its set of items."""
    found: dict[str, list[list[int]]] = {}
    for index, items in sorted(lines.finish().items()):
        path, line = lines.places[index]
        found.setdefault(path, []).append([line, sets.number(items)])
    return found


def _flow(flow: Flow, calls: int, sets: Sets) -> dict[str, Any]:
    sizes = flow.sizes.copy()
    return {
        **asdict(flow.place),
        "calls": calls,
        "inputs": flow.inputs.copy(),
        "outputs": flow.outputs.copy(),
        "sizes": [min(sizes), median_low(sizes), max(sizes)] if sizes else None,
        "empty": flow.empty,
        "seconds": flow.total_seconds(calls),
        "items": sets.number(flow.items.copy()),
        "values": [
            [name, summary, sets.number(items)]
            for (name, summary), items in flow.spectrum.items.copy().items()
        ],
    }
