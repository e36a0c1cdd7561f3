"""The sandbox protocol: one method, a backend beside it a file."""

from __future__ import annotations

from threading import Event
from typing import Protocol

from tasks.test.sandbox.job import Job
from tasks.test.sandbox.outcome import Outcome


class Sandbox(Protocol):
    """Runs a job and leaves nothing of it behind."""

    @property
    def name(self) -> str:
        """What is recorded as the isolation that a result was made under."""
        ...

    def run(self, job: Job, cancel: Event | None = None) -> Outcome:
        """Run `job` to its end, its limits, or until `cancel` is set.

        A job that fails is an Outcome. SandboxError is raised when the isolation itself could not
        be set up: then none of the job's code has run.
        """
        ...
