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
        ordered = _in_order(items, early)
        outcome, results = self.results(tree, [i.id for i in ordered], seed, cache, scratch, early)
        ended = early is not None and outcome.returncode == _INTERRUPTED
        scores = tuple(
            _score(item, results.get(item.id)) for item in items if not ended or item.id in results
        )
        return Measured(scores, outcome.seconds)

    def results(
        self,
        tree: Path,
        order: Sequence[str] | None,
        seed: int,
        cache: Path,
        scratch: Path,
        early: Early | None = None,
    ) -> tuple[Outcome, Mapping[str, TestResult]]:
        """What the report says of the tests named in `order`, or of all. Raises PredictError."""
        reports, plans = scratch / "output", scratch / "plan"
        reports.mkdir()
        plans.mkdir()
        report, plan = reports / "report.xml", plans / "plan.json"
        plan.write_text(json.dumps(self._plan(order, early)), encoding="utf-8")
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

    def _plan(self, order: Sequence[str] | None, early: Early | None) -> dict[str, object]:
        return {
            "order": None if order is None else list(order),
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


def _in_order(items: Sequence[WorkItem], early: Early | None) -> Sequence[WorkItem]:
    """Groups with a failing test first, each whole: an early end then leaves whole groups."""
    if early is None:
        return items
    hopeful = {item.group for item in items if item.id in early.failing}
    return sorted(items, key=lambda item: item.group not in hopeful)


def _score(item: WorkItem, result: TestResult | None) -> ItemScore:
    # A module that can be imported again is not reported: its tests are.
    missing = "passed" if item.id.startswith(NOT_IMPORTED) else "missing"
    outcome = result.outcome if result is not None else missing
    return ItemScore(
        item=item.id, group=item.group, score=float(outcome == "passed"), prediction=outcome
    )
