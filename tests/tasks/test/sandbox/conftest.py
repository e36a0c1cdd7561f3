"""A small job runner for attacks: each runs under every sandbox that works on this machine."""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import psutil
import pytest

from tasks.test.sandbox import Job, Limits, Mount, Outcome, Sandbox, choose, probe

NAMES = [state.name for state in probe()]


@dataclass
class Arena:
    """A target's tree (read-only), an output folder (writable), and code to run between them."""

    sandbox: Sandbox
    root: Path
    marker: str = field(default_factory=lambda: f"marker-{uuid.uuid4().hex}")
    limits: Limits = field(default_factory=lambda: Limits(seconds=20))

    def __post_init__(self) -> None:
        self.tree.mkdir()
        (self.tree / "code.py").write_text("x = 1\n")
        self.output.mkdir()

    @property
    def tree(self) -> Path:
        return self.root / "tree"

    @property
    def output(self) -> Path:
        return self.root / "output"

    def job(self, code: str, *arguments: str, **limits: float) -> Job:
        """Python `code`; every process that it forks carries the marker in its command line."""
        return Job(
            command=(sys.executable, "-c", code, *arguments, self.marker),
            workdir=self.tree,
            mounts=(Mount(self.output, writable=True),),
            environment={"OUT": str(self.output)},
            limits=replace(self.limits, **limits),
        )

    def run(
        self, code: str, *arguments: str, cancel: Event | None = None, **limits: float
    ) -> Outcome:
        return self.sandbox.run(self.job(code, *arguments, **limits), cancel)

    def says(self, code: str, *arguments: str, **limits: float) -> str:
        """What well-behaved code prints."""
        outcome = self.run(code, *arguments, **limits)
        assert outcome.ok, outcome
        return outcome.stdout.strip()

    def survivors(self, patience: float = 0.0) -> list[int]:
        """Processes with the marker that still run after `patience` seconds."""
        deadline = time.monotonic() + patience
        while True:
            living = [p.pid for p in psutil.process_iter(["cmdline"]) if self._is_ours(p)]
            if not living or time.monotonic() >= deadline:
                return living
            time.sleep(0.02)

    def _is_ours(self, process: psutil.Process) -> bool:
        return self.marker in (process.info["cmdline"] or []) and process.pid != os.getpid()


@pytest.fixture(params=NAMES)
def arena(request: pytest.FixtureRequest, tmp_path: Path) -> Arena:
    """One arena for each sandbox of this machine."""
    state = next(state for state in probe() if state.name == request.param)
    if not state.available:
        pytest.skip(f"{state.name} does not work here: {state.why}")
    return Arena(choose(prefer=request.param), tmp_path)


@pytest.fixture
def open_arena(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Arena]:
    """The control: the same attacks succeed where nothing isolates."""
    sandbox = choose(allow_unsandboxed=True, prefer="unsandboxed")
    return lambda: Arena(sandbox, tmp_path_factory.mktemp("open"))
