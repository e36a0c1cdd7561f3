"""The recorder: the counters that instrumented code calls, reached through `builtins`.

Calls, iterations and drops are counted in C (`itertools.count`), hence exactly, threads or not.
"""

from __future__ import annotations

import builtins
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from time import perf_counter
from types import TracebackType
from typing import Any

from .flow import SAMPLE, Flow, Place
from .items import Items
from .kinds import PLAIN
from .lines import Lines
from .losses import Drop, LoopFlow, Losses
from .states import States

ALWAYS = 1 << 62
MESSAGE = 200
MESSAGES = 20
FRAMES = 100
"""Frames of a traceback that are looked at for where it was raised."""
MOVING = (RuntimeError, StopIteration, AttributeError, KeyError, TypeError, ValueError)
"""What looking at a value can raise while another thread changes it, or in a strange class."""
PLAIN_MESSAGES = (BaseException.__str__, OSError.__str__, KeyError.__str__)


class Recorder:
    """Everything counted in this process."""

    def __init__(self, items: Items) -> None:
        self.items = items
        self.lines = Lines()
        self.lines.switch(items.current.get())
        self.states = States(items.texts)
        self.states.switch(items.current.get())
        self.started = perf_counter()
        self.flows: list[Flow] = []
        self.losses = Losses()
        self.handlers: list[Place] = []
        self.untraced: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.swallowed: Counter[tuple[int, str, str, str]] = Counter()
        self.calls: list[Callable[[], int]] = []
        self.slow: list[int] = []
        self.seen: list[Callable[[], int]] = []
        self.dropped: list[Callable[[], int]] = []

    def publish(self) -> None:
        """Makes the counters visible to instrumented code without touching its namespaces."""
        names: dict[str, Any] = {
            "calls": self.calls, "slow": self.slow, "seen": self.seen, "dropped": self.dropped,
            "enter": self.enter, "leave": self.leave, "swallow": self.swallow,
            "watch": self.watch, "type": type, "plain": PLAIN, "hits": self.lines.hits,
            "left": self.states.left, "look": self.states.look, "locals": locals,
            **self.losses.names(),
        }  # fmt: skip
        for name, value in names.items():
            setattr(builtins, f"_whetstone_{name}", value)

    def add_flow(self, flow: Flow) -> int:
        """Registers a function; its index is what instrumented code passes."""
        self.flows.append(flow)
        self.calls.append(count().__next__)
        self.slow.append(ALWAYS)
        return len(self.flows) - 1

    def add_loop(self) -> int:
        """Registers a loop whose iterations are counted."""
        self.seen.append(count().__next__)
        return len(self.seen) - 1

    def add_drop(self, drop: Drop) -> int:
        """Registers a place that drops records."""
        self.losses.drops.append(drop)
        self.dropped.append(count().__next__)
        return len(self.dropped) - 1

    def add_records(self, place: Place) -> int:
        """Registers a loop whose records are looked at."""
        self.losses.loops.append(LoopFlow(place))
        return len(self.losses.loops) - 1

    def add_handler(self, place: Place) -> int:
        """Registers an exception handler."""
        self.handlers.append(place)
        return len(self.handlers) - 1

    def enter(self, index: int, values: tuple[Any, ...]) -> float:
        """A call begins whose values may be looked at; the time it began."""
        flow = self.flows[index]
        looked = False
        with suppress(*MOVING):
            if self.items.any:
                looked = flow.look(self._item_of(flow, values), values)
            if flow.sampled < SAMPLE:
                flow.take(values)
            elif not looked and not flow.names_items:
                self.slow[index] = 0
        return perf_counter()

    def leave(self, index: int, began: float, value: Any) -> None:
        """A call ends; `began` is 0 for one that was only counted."""
        seconds = perf_counter() - began if began else None
        with suppress(*MOVING):
            flow = self.flows[index]
            flow.give(value, seconds)
            if seconds is not None and self.items.any:
                flow.look_back(self.items.current.get(), value)

    def swallow(self, handler: int) -> None:
        """A handler is left without raising: the exception at hand ends there."""
        self.note(handler, sys.exc_info()[1])

    def note(self, handler: int, error: BaseException | None) -> None:
        """Counts one swallowed exception."""
        if error is None:
            return
        key = (handler, type(error).__name__, _message(error), self._raised(error))
        if key not in self.swallowed and sum(k[0] == handler for k in self.swallowed) >= MESSAGES:
            key = (handler, type(error).__name__, "(other messages)", "")
        self.swallowed[key] += 1

    def _raised(self, error: BaseException) -> str:
        """`path:line` of the innermost line of the target that the exception came through."""
        place, trace, frames = "", error.__traceback__, 0
        while trace is not None and frames < FRAMES:
            path = self.files.get(trace.tb_frame.f_code.co_filename)
            if path is not None:
                place = f"{path}:{trace.tb_lineno}"
            trace, frames = trace.tb_next, frames + 1
        return place

    def watch(self, handler: int, manager: Any) -> Watched:
        """A context manager that may suppress exceptions, with what it suppresses counted."""
        return Watched(self, handler, manager)

    def restart(self) -> None:
        """Forgets all counts, in a child process after a fork; what was registered stays."""
        self.started = perf_counter()
        self.swallowed.clear()
        self.lines.restart()
        self.states.restart()
        self.losses.restart()
        for counters in (self.calls, self.seen, self.dropped):
            counters[:] = [count().__next__ for _ in counters]
        self.flows[:] = [Flow(f.place, f.parameters, f.generator, f.procedure) for f in self.flows]
        self._look_again()

    def begin(self, item: str | None) -> None:
        """One item is worked on from here on, or none, as a test runner says."""
        self.items.current.set(item)
        self.lines.switch(item)
        self.states.switch(item)
        self._look_again()

    def _item_of(self, flow: Flow, values: tuple[Any, ...]) -> str | None:
        """The item that a call belongs to, which its arguments may name."""
        found = self.items.named(values)
        if found:
            flow.names_items = True
            if self.items.switch(found):
                self.lines.switch(self.items.current.get())
                self._look_again()
        current = self.items.current.get()
        if current is not None:
            flow.items.add(current)
            self.lines.during(current)
        return current

    def _look_again(self) -> None:
        for index in range(len(self.slow)):  # never replaced: other threads append to it
            self.slow[index] = ALWAYS
        for flow in self.flows:
            flow.spectrum.looked = 0


class Watched:
    """Delegates to a context manager and notes the exceptions that it suppresses."""

    def __init__(self, recorder: Recorder, handler: int, manager: Any) -> None:
        self._recorder = recorder
        self._handler = handler
        self._manager = manager

    def __enter__(self) -> Any:
        return type(self._manager).__enter__(self._manager)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> Any:
        suppressed = type(self._manager).__exit__(self._manager, kind, error, trace)
        if suppressed:
            self._recorder.note(self._handler, error)
        return suppressed


def _message(error: BaseException) -> str:
    """The message, without calling a `__str__` of the target's own."""
    simple = all(type(part) in (str, int, float, bool, type(None)) for part in error.args)
    if simple and type(error).__str__ in PLAIN_MESSAGES:
        return str(error)[:MESSAGE]
    return ", ".join(str(part) for part in error.args if type(part) in (str, int))[:MESSAGE]
