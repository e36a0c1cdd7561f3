"""Fixtures of the tracer's tests: targets written on the spot, run plain and traced."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tasks.diagnose import read_trace, tracer_environment, untraced_modules
from tasks.records.evidence import FlowTrace


@dataclass(frozen=True)
class Run:
    """What one command printed and how it ended."""

    stdout: str
    stderr: str
    status: int


@dataclass(frozen=True)
class Target:
    """A target in a temporary folder."""

    root: Path
    output: Path

    def write(self, path: str, text: str) -> None:
        """Adds a file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")

    def plain(self, *command: str) -> Run:
        """Runs Python without the tracer."""
        return self._run(command, {})

    def traced(self, *command: str, items: Mapping[str, str] | None = None, path: str = "") -> Run:
        """Runs Python with it."""
        return self._run(command, tracer_environment(self.output, items or {}, self.root, path))

    @property
    def trace(self) -> FlowTrace:
        """What the traced run left."""
        return read_trace(self.output)

    @property
    def untraced(self) -> dict[str, str]:
        """The modules that were left alone."""
        return untraced_modules(self.output)

    def _run(self, command: Sequence[str], extra: Mapping[str, str]) -> Run:
        names = ("PATH", "HOME", "LANG", "TMPDIR")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        done = subprocess.run(
            [sys.executable, *command],
            cwd=self.root,
            env={**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", **extra},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Run(done.stdout, done.stderr, done.returncode)


@pytest.fixture
def target(tmp_path: Path) -> Callable[..., Target]:
    """Makes a target of files: `target({"clean.py": "..."})`."""

    def make(files: Mapping[str, str]) -> Target:
        made = Target(tmp_path / "root", tmp_path / "out" / "trace.json")
        made.root.mkdir()
        made.output.parent.mkdir()
        for path, text in files.items():
            made.write(path, text)
        return made

    return make
