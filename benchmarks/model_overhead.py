"""What our own code costs per model call: everything but waiting for the model.

A source that only waits stands in for the model. Without its wait, what is left is DSPy, the
adapter, the engine with its digest, limits and record, and, where a row says so, MLflow's trace.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
import warnings
from itertools import product
from pathlib import Path
from threading import Event
from typing import Any

import dspy
from dspy import lm15
from pydantic import BaseModel, Field

from researchers.language_model.models.adapter import TypedAdapter
from researchers.language_model.models.engine import MeteredEngine
from researchers.language_model.models.meter import Meter
from researchers.language_model.models.recording import Recorder
from researchers.language_model.models.settings import Limits, Prices
from researchers.language_model.step import Step, thinking
from stages.desk import RunDesk
from stages.progress import Silent
from tasks.home import Home
from tasks.track import Tracker, current_trace
from tasks.track.traces import written


class Edit(BaseModel):
    """One edit, as long as a usual one."""

    path: str = Field(description="relative")
    search: str
    replace: str


class Draft(dspy.Signature):  # type: ignore[misc]
    """Draft a change."""

    sources: str = dspy.InputField(desc="what may be edited")
    title: str = dspy.OutputField()
    edits: list[Edit] = dspy.OutputField(desc="several files")


class AfterAWhile:
    """Answers every request with the same edits, after so many seconds."""

    def __init__(self, answer: str, wait: float) -> None:
        self._answer, self._wait = answer, wait

    def complete(self, request: Any) -> Any:
        """See Source."""
        time.sleep(self._wait)
        return lm15.Response(
            id=None,
            model=request.model,
            message=lm15.Message.assistant(self._answer),
            finish_reason="stop",
            usage=lm15.Usage(input_tokens=1000, output_tokens=300),
        )


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=50)
    parser.add_argument("--warm", type=int, default=10)
    parser.add_argument("--wait", type=float, default=0.2, help="seconds, not counted")
    options = parser.parse_args()
    warnings.simplefilter("ignore", DeprecationWarning)
    answer = json.dumps(
        {
            "title": "mend it",
            "edits": [{"path": "a.py", "search": "x = 1\n" * 20, "replace": "x = 2\n" * 20}] * 3,
        }
    )
    print("| prompt, characters | recorded | traced | processor, ms | median, ms | p95, ms |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for traced, recorded, length in product((False, True), (False, True), (4_000, 40_000)):
            rows = measured(Path(folder), answer, length, recorded, traced, options)
            times, used = zip(*rows, strict=True)
            figures = (
                statistics.median(used),
                statistics.median(times),
                statistics.quantiles(times, n=20)[-1],
            )
            marks = ["yes" if mark else "no" for mark in (recorded, traced)]
            shown = " | ".join(f"{figure:.1f}" for figure in figures)
            print(f"| {length:,} | {' | '.join(marks)} | {shown} |")


def measured(
    folder: Path, answer: str, length: int, recorded: bool, traced: bool, options: Any
) -> list[tuple[float, float]]:
    """Milliseconds of each call: by the clock, and of this thread on a processor."""
    home = Home(folder / f"{length}-{recorded}-{traced}")
    desk = RunDesk(home, "r1", Silent(), Event())
    home.run_folder("r1")
    if traced:
        Tracker(home.root, "overhead").trace_models()
        desk.trace_now = current_trace
    engine = MeteredEngine(
        AfterAWhile(answer, options.wait),
        name="waiting",
        kind="live",
        meter=Meter(Limits(tokens=10**9), Prices(prompt=1, completion=1), ()),
        desk=desk,
        max_tokens=8000,
        keeper=Recorder(folder / f"kept-{length}-{traced}", desk) if recorded else None,
    )
    lm = dspy.LM("waiting", engine=engine, cache=False, num_retries=0)
    predict, times = dspy.Predict(Draft), []
    with dspy.context(lm=lm, adapter=TypedAdapter(desk)):
        for number in range(options.warm + options.calls):
            sources = f"{number}\n" + "def f(a):\n    return a + 1\n" * (length // 27)
            began, busy = time.perf_counter(), time.thread_time()
            with thinking(Step("draft_changes", "draft a change", f"p{number}")):
                predict(sources=sources)
            waited = desk.calls()[-1].seconds
            clock = time.perf_counter() - began - waited
            times.append((clock * 1000, (time.thread_time() - busy) * 1000))
    if traced:
        written()
    return times[options.warm :]


if __name__ == "__main__":
    main()
