"""Runs a repository's tests in the sandbox: which pass, which fail, which hang."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from tasks.target import PytestMetric, Repository, RunLimits, Target
from tasks.test.jobs import run_job
from tasks.test.junit import parse_report
from tasks.test.pytest_suite import MAX_REPORT_BYTES
from tasks.test.sandbox import Job, Outcome, Sandbox, discard, read_output

COMMAND = ("{python}", "-m", "pytest", "-q", "-p", "no:cacheprovider")
VARIABLES = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""Plugins that happen to be installed neither slow a suite down nor change it."""


WAIT = 30.0


@dataclass(frozen=True)
class _Metered:
    """A sandbox whose jobs get so many seconds of the processor."""

    sandbox: Sandbox
    seconds: float

    @property
    def name(self) -> str:
        """See Sandbox.name."""
        return self.sandbox.name

    def run(self, job: Job, cancel: Event | None = None) -> Outcome:
        """See Sandbox.run."""
        limits = replace(job.limits, cpu_seconds=self.seconds)
        return self.sandbox.run(replace(job, limits=limits), cancel)


@dataclass(frozen=True)
class Results:
    """Test id to passed, failed or skipped; `complete` is False where a limit ended the run.

    `seconds` are of the processor, and so the same on a busy machine.
    """

    tests: Mapping[str, str]
    seconds: float
    complete: bool

    def passed(self) -> frozenset[str]:
        """The tests that passed."""
        return frozenset(test for test, result in self.tests.items() if result == "passed")


@dataclass(frozen=True)
class Suite:
    """Runs test files of a tree. `seconds` of the processor and `memory_mb` bound one run.

    By the clock a run may take `WAIT` times as long, lest a busy machine makes a suite hang.
    """

    sandbox: Sandbox
    seconds: float = 10.0
    memory_mb: int = 2048

    def run(self, tree: Path, files: Sequence[str], seed: int) -> Results:
        """Results under one hash seed. Raises SandboxError."""
        with _scratch() as folder:
            return self._run(tree, files, seed, folder, (), {})

    def probe(
        self, tree: Path, files: Sequence[str], seed: int
    ) -> tuple[Results, Mapping[str, Sequence[str]]]:
        """Results, and for every test file the files whose functions its tests called."""
        with _scratch() as folder:
            plugin = folder / "plugin"
            plugin.mkdir()
            shutil.copy2(Path(__file__).with_name("reach_plugin.py"), plugin)
            found = folder / "output" / "reach.json"
            variables = {"PYTHONPATH": str(plugin), "REACH_FILE": str(found)}
            options = ("-p", "reach_plugin")
            results = self._run(tree, files, seed, folder, options, variables, plugin)
            known = json.loads(read_output(found, MAX_REPORT_BYTES)) if found.exists() else {}
            return results, known

    def _run(
        self,
        tree: Path,
        files: Sequence[str],
        seed: int,
        folder: Path,
        options: Sequence[str],
        variables: Mapping[str, str],
        *readable: Path,
    ) -> Results:
        output = folder / "output"
        output.mkdir(exist_ok=True)
        report = output / "report.xml"
        junit = (f"--junitxml={report}", "-o", "junit_family=xunit1")
        outcome = run_job(
            self._target(tree),
            _Metered(self.sandbox, self.seconds),
            (*COMMAND, *options, *files, *junit),
            tree=tree,
            seed=seed,
            readable=readable,
            writable=(output,),
            environment={**VARIABLES, **variables},
            check=False,
        )
        complete = not outcome.killed and report.exists()
        found = parse_report(read_output(report, MAX_REPORT_BYTES)) if complete else {}
        tests = {test: result.outcome for test, result in found.items()}
        return Results(tests, outcome.cpu_seconds, complete)

    def _target(self, tree: Path) -> Target:
        return Target(
            name="suite",
            repository=Repository(path=str(tree)),
            editable=("**",),
            metric=PytestMetric(kind="pytest"),
            limits=RunLimits(seconds=WAIT * self.seconds, memory_mb=self.memory_mb),
        )


@contextmanager
def _scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="suite-"))
    folder.chmod(0o755)  # the sandbox's user has to pass through it
    try:
        yield folder
    finally:
        discard(folder)
