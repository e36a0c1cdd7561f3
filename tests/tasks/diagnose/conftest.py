"""Fixtures of the tracer's tests: targets written on the spot, run plain and traced."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tasks.diagnose import read_trace, tracer_environment, untraced_modules
from tasks.diagnose.tracing import Mode
from tasks.records.evidence import FlowTrace

MONITORS = "import sys; print(hasattr(sys, 'monitoring'))"


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
    python: str = sys.executable

    def write(self, path: str, text: str) -> None:
        """Adds a file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")

    def plain(self, *command: str) -> Run:
        """Runs Python without the tracer."""
        return self._run(command, {})

    def under(self, python: str) -> Target:
        """The same target, run by another interpreter."""
        output = self.output.with_name(python.replace("/", "_"))
        return dataclasses.replace(self, python=python, output=output)

    def traced(
        self,
        *command: str,
        items: Mapping[str, str] | None = None,
        given: Mapping[str, str] | None = None,
        by: Mode = "values",
    ) -> Run:
        """Runs Python with it."""
        extra = tracer_environment(self.output, items or {}, self.root, given, by)
        return self._run(command, extra)

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
            [self.python, *command],
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


def _monitoring() -> list[str]:
    """Interpreters with `sys.monitoring`: this one, those on the path, and pyenv's."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [sys.executable, *(shutil.which(f"python3.{n}") for n in (12, 13, 14))]
    found += [str(python) for python in sorted(pyenv.glob("3.1[2-9]*/bin/python3"))]
    able = []
    for python in filter(None, found):
        done = subprocess.run([python, "-c", MONITORS], capture_output=True, text=True, check=False)
        if done.stdout == "True\n":
            able.append(python)
    return able


@pytest.fixture(scope="session")
def monitoring_pythons() -> list[str]:
    """Interpreters with line events; skips where there are none."""
    found = _monitoring()
    if not found:
        pytest.skip("no interpreter with sys.monitoring (Python 3.12 or later) is installed here")
    return found
