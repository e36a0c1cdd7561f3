"""Writes what was recorded as JSON, bounded in size, one file a process."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from statistics import median_low
from time import perf_counter
from typing import Any

from .flow import Flow
from .recorder import Recorder

VERSION = 1
PROCESSES = 16
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
    seen = [count() for count in recorder.seen]
    dropped = [count() for count in recorder.dropped]
    swallowed = recorder.swallowed.copy().most_common(MOST)
    flows = [(f, n) for f, n in zip(recorder.flows, calls) if n]  # noqa: B905  Python 3.9
    drops = [
        {**asdict(d.place), "statement": d.statement, "dropped": n, "seen": max(n, seen[d.loop])}
        for d, n in zip(recorder.drops, dropped)  # noqa: B905
        if seen[d.loop] or n
    ]
    return {
        "version": VERSION,
        "seconds": seconds,
        "flows": [_flow(*entry) for entry in sorted(flows, key=lambda e: -e[1])[:MOST]],
        "drops": sorted(drops, key=lambda d: -d["dropped"])[:MOST],
        "swallowed": [
            {**asdict(recorder.handlers[h]), "exception": name, "message": text, "count": n}
            for (h, name, text), n in swallowed
        ],
        "untraced": dict(list(recorder.untraced.items())[:MOST]),
    }


def _flow(flow: Flow, calls: int) -> dict[str, Any]:
    sizes = flow.sizes.copy()
    return {
        **asdict(flow.place),
        "calls": calls,
        "inputs": flow.inputs.copy(),
        "outputs": flow.outputs.copy(),
        "sizes": [min(sizes), median_low(sizes), max(sizes)] if sizes else None,
        "empty": flow.empty,
        "seconds": flow.total_seconds(calls),
        "items": sorted(flow.items.copy()),
    }
