"""A sandbox that counts: what every job uses, by the clock and on the processor."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event

from tasks.test.sandbox.backend import Sandbox
from tasks.test.sandbox.job import Job
from tasks.test.sandbox.outcome import Outcome


@dataclass
class Used:
    """Seconds by the clock and processor seconds of some jobs, those that failed included."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0


@dataclass
class Meter:
    """Adds up jobs by the thread that waits for them: a job runs in the thread that asked."""

    _open: threading.local = field(default_factory=threading.local, repr=False)

    @contextmanager
    def tally(self) -> Iterator[Used]:
        """What this thread's jobs use inside the block; it may be read while the block goes on."""
        tallies: list[Used] = self._tallies()
        used = Used()
        tallies.append(used)
        try:
            yield used
        finally:
            tallies.remove(used)

    def add(self, outcome: Outcome) -> None:
        """Counts one job."""
        for used in self._tallies():
            used.seconds += outcome.seconds
            used.cpu_seconds += outcome.cpu_seconds

    def _tallies(self) -> list[Used]:
        if not hasattr(self._open, "tallies"):
            self._open.tallies = []
        tallies: list[Used] = self._open.tallies
        return tallies


@dataclass(frozen=True)
class Metered:
    """The sandbox `inner`, with every job counted by `meter` and told to `note`."""

    inner: Sandbox
    meter: Meter
    note: Callable[[Outcome], None]

    @property
    def name(self) -> str:
        """See Sandbox.name."""
        return self.inner.name

    def run(self, job: Job, cancel: Event | None = None) -> Outcome:
        """See Sandbox.run."""
        outcome = self.inner.run(job, cancel)
        self.meter.add(outcome)
        self.note(outcome)
        return outcome
