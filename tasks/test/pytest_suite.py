"""The `pytest` kind: each test of the repository is an item that passes or does not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tasks.records.base import Record, digest_of
from tasks.records.score import ItemScore
from tasks.target import PytestMetric, Target
from tasks.test.early import Early
from tasks.test.jobs import Invocation, failed, run_job
from tasks.test.junit import TestResult, parse_report
from tasks.test.measured import Measured
from tasks.test.sandbox import Outcome, Sandbox, read_output
from tasks.test.workload import WorkItem

MAX_REPORT_BYTES = 64 * 2**20
GUEST = Path(__file__).resolve().parent / "guest"
"""Holds the plugin that the target's interpreter loads."""
_TESTS_RAN = (0, 1)
"""Pytest's exit codes when tests were run: all passed, some failed."""
_INTERRUPTED = 2
"""The exit code when the plugin ended the run, or the target itself did."""
_LEAN = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
NOT_IMPORTED = "::"
"""How the name of an item begins that stands for a test module which cannot be imported."""


class Habits(Record):
    """How a suite may be run, as `collect` found out on the base.

    `lean` says that it fares the same without the plugins that happen to be installed, which take
    longer to import than most suites to run. `seconds` is what one test may use of the processor.
    """

    lean: bool
    seconds: float

    def slower(self, factor: float) -> Habits:
        """The same with more time, for an instrumented run."""
        return self.model_copy(update={"seconds": factor * self.seconds})


@dataclass(frozen=True)
class PytestSuite:
    """Runs the suite and reads its JUnit report.

    The report is written by the process that also runs the candidate's code, so a hostile
    candidate could forge it; docs/security.md says what is and is not guarded.
    """

    target: Target
    sandbox: Sandbox
    habits: Habits
    extra: Invocation = field(default_factory=Invocation)

    @cached_property
    def command(self) -> tuple[str, ...]:
        """What the contract says."""
        assert isinstance(self.target.metric, PytestMetric)
        return self.target.metric.command

    @cached_property
    def digest(self) -> str:
        """See Measurement.digest."""
        limits = self.target.limits.model_dump(mode="json")
        environment = self.target.environment.model_dump(mode="json")
        habits = self.habits.model_dump(mode="json")
        return digest_of(["pytest", self.command, limits, environment, habits])

    def run(
        self,
        tree: Path,
        items: Sequence[WorkItem],
        seed: int,
        cache: Path,
        scratch: Path,
        early: Early | None = None,
    ) -> Measured:
        """Runs these tests and no others; see Measurement.run.

        A test that the report lacks has not passed. With `early`, tests that the reference fails
        come first, and a run that is decided ends: it has scores for the tests that were run.
        """
        wanted = [item.id for item in items]
        hopeful = {i.group for i in items if early is not None and i.id in early.failing}
        # Whole groups come first: an early end then leaves no group in part.
        first = [item.id for item in items if item.group in hopeful]
        outcome, results = self.results(tree, wanted, seed, cache, scratch, early, first)
        ended = early is not None and outcome.returncode == _INTERRUPTED
        scores = tuple(
            _score(item, results.get(item.id)) for item in items if not ended or item.id in results
        )
        return Measured(scores, outcome.seconds, outcome.cpu_seconds)

    def results(
        self,
        tree: Path,
        wanted: Sequence[str] | None,
        seed: int,
        cache: Path,
        scratch: Path,
        early: Early | None = None,
        first: Sequence[str] = (),
    ) -> tuple[Outcome, Mapping[str, TestResult]]:
        """What the report says of the tests `wanted`, or of all. Raises PredictError."""
        reports, plans = scratch / "output", scratch / "plan"
        reports.mkdir()
        plans.mkdir()
        report, plan = reports / "report.xml", plans / "plan.json"
        plan.write_text(json.dumps(self._plan(wanted, early, first)), encoding="utf-8")
        options = ("--continue-on-collection-errors", f"--junitxml={report}")
        outcome = run_job(
            self.target,
            self.sandbox,
            (*self.command, *options, "-o", "junit_family=xunit1"),
            tree=tree,
            seed=seed,
            cache=cache,
            readable=(GUEST, plans, *self.extra.readable),
            writable=(reports, *self.extra.writable),
            environment=self._environment(plan),
            check=False,
        )
        if outcome.killed or not report.exists():
            raise failed(self.command, outcome, self.target)
        results = parse_report(read_output(report, MAX_REPORT_BYTES))
        if not results and outcome.returncode not in _TESTS_RAN:
            raise failed(self.command, outcome, self.target)
        return outcome, results

    def _plan(
        self, wanted: Sequence[str] | None, early: Early | None, first: Sequence[str]
    ) -> dict[str, object]:
        return {
            "wanted": None if wanted is None else list(wanted),
            "first": list(first),
            "seconds": self.habits.seconds,
            "failing": sorted(early.failing) if early is not None else [],
            "passing": sorted(early.passing) if early is not None else [],
        }

    def _environment(self, plan: Path) -> dict[str, str]:
        given, extra = self.target.environment.variables, self.extra.environment
        variables = {**given, **extra}
        plugins = [variables.get("PYTEST_PLUGINS", ""), "whetstone_suite"]
        paths = [variables.get("PYTHONPATH", ""), str(GUEST)]
        return {
            **(_LEAN if self.habits.lean else {}),
            **extra,
            "PYTEST_PLUGINS": ",".join(filter(None, plugins)),
            "PYTHONPATH": ":".join(filter(None, paths)),
            "WHETSTONE_SUITE_PLAN": str(plan),
        }


def _score(item: WorkItem, result: TestResult | None) -> ItemScore:
    # A module that can be imported again is not reported: its tests are.
    missing = "passed" if item.id.startswith(NOT_IMPORTED) else "missing"
    outcome = result.outcome if result is not None else missing
    return ItemScore(
        item=item.id,
        group=item.group,
        score=float(outcome == "passed"),
        prediction=result.prediction if result is not None else missing,
    )
