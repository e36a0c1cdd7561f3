"""What became of a job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Killed = Literal["", "time", "memory", "disk", "output", "cancelled"]
"""Which limit ended the job; empty when it ended by itself."""


@dataclass(frozen=True)
class Outcome:
    """How a job ended and what it used.

    `returncode` is 128 + n after signal n, as in a shell. `stdout` and `stderr` hold at most the
    last `output_kb` of each, decoded with replacement characters. `seconds` is wall-clock from
    start to the last process gone; `cpu_seconds` and `peak_memory_mb` are over all processes, the
    latter as sampled, so that a short peak may be missed.
    """

    returncode: int
    stdout: str
    stderr: str
    seconds: float
    cpu_seconds: float
    peak_memory_mb: float
    killed: Killed
    sandbox: str

    @property
    def ok(self) -> bool:
        """True when the command ended by itself with status 0."""
        return self.returncode == 0 and self.killed == ""
