"""Collecting: the tests of the base as items, and how its suite may be run."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from tasks.errors import PredictError, StageError
from tasks.records.base import Record
from tasks.target import PytestMetric, Target
from tasks.test.junit import TestResult, place_of
from tasks.test.pytest_suite import Habits, PytestSuite
from tasks.test.sandbox import Sandbox
from tasks.test.workload import WorkItem

SLOWER = 10.0
"""How many times the slowest passing test of the base a test may take."""
FEWEST_FUNCTIONS = 4
"""Test functions from which on each is one group; below, every test is."""


class Collected(Record):
    """The base's tests. `failing` are ids of items that fail there: they are what is to be mended.

    A group is a test function. Its cases are dealt one by one where there are fewer than
    FEWEST_FUNCTIONS functions, or where all failing cases are of one function: else nothing could
    be held out. `symptoms` has, for each of `failing`, how it fails (see `TestResult`).
    """

    tests: Mapping[str, str]
    failing: tuple[str, ...]
    habits: Habits
    symptoms: Mapping[str, str] = Field(default_factory=dict)

    @property
    def items(self) -> tuple[WorkItem, ...]:
        """The tests as work items."""
        return tuple(
            WorkItem(test, group, {"file": test.partition("::")[0]})
            for test, group in sorted(self.tests.items())
        )

    @property
    def failing_groups(self) -> dict[str, str]:
        """The groups that hold a failing test, each with its kind of failure.

        Of one kind is what raises the same exception at the same place of the target's code, or,
        where only the test itself raises it, in the same file of tests.
        """
        kinds: dict[str, str] = {}
        for test in self.failing:
            symptom = self.symptoms.get(test, "")
            file = "" if place_of(symptom) else f" in {test.partition('::')[0]}"
            kinds.setdefault(self.tests[test], f"{symptom}{file}")
        return kinds


def collect(target: Target, sandbox: Sandbox, tree: Path, scratch: Path) -> Collected:
    """Runs the whole suite of the base as the contract says, and again without stray plugins.

    Raises StageError when no test ran, PredictError when the command does not end well.
    """
    assert isinstance(target.metric, PytestMetric)
    habits = Habits(lean=False, seconds=target.metric.test_seconds)
    suite = PytestSuite(target, sandbox, habits)
    plain = _plain(suite, tree, scratch / "plain")
    without = _without_plugins(suite, tree, scratch / "lean")
    ran = {test: result for test, result in plain.items() if result.outcome != "skipped"}
    if not ran:
        raise StageError(
            "the test command ran no test on the base",
            "mend metric.command in the contract so that pytest finds the tests",
        )
    failing = tuple(sorted(test for test, result in ran.items() if result.outcome == "failed"))
    return Collected(
        tests=_grouped(tuple(ran), failing),
        failing=failing,
        habits=Habits(
            lean=_outcomes(without) == _outcomes(plain),
            seconds=_test_seconds(ran, target.metric.test_seconds),
        ),
        symptoms={test: ran[test].symptom for test in failing},
    )


def _plain(suite: PytestSuite, tree: Path, scratch: Path) -> Mapping[str, TestResult]:
    (scratch / "cache").mkdir(parents=True)
    return suite.results(tree, None, 0, scratch / "cache", scratch)[1]


def _without_plugins(suite: PytestSuite, tree: Path, scratch: Path) -> Mapping[str, TestResult]:
    """Options that only a plugin knows are errors here, so that its lack does not go unseen."""
    command = (*suite.command, "-W", "error::pytest.PytestConfigWarning")
    metric = suite.target.metric.model_copy(update={"command": command})
    lean = dataclasses.replace(
        suite,
        target=suite.target.model_copy(update={"metric": metric}),
        habits=suite.habits.model_copy(update={"lean": True}),
    )
    try:
        return _plain(lean, tree, scratch)
    except PredictError:
        return {}


def _outcomes(results: Mapping[str, TestResult]) -> dict[str, str]:
    return {test: result.outcome for test, result in results.items()}


def _test_seconds(ran: Mapping[str, TestResult], most: float) -> float:
    """What a test may use: a power of two, so that a cached score is found again."""
    slowest = max((r.seconds for r in ran.values() if r.outcome == "passed"), default=0.0)
    return min(most, max(1.0, 2.0 ** math.ceil(math.log2(max(SLOWER * slowest, 1e-9)))))


def _grouped(tests: tuple[str, ...], failing: tuple[str, ...]) -> dict[str, str]:
    function = {test: test.partition("[")[0] for test in tests}
    failing_functions = Counter(function[test] for test in failing)
    if len(set(function.values())) < FEWEST_FUNCTIONS:
        return {test: test for test in tests}
    single = set(failing_functions) if len(failing_functions) == 1 and len(failing) > 1 else set()
    return {test: test if name in single else name for test, name in function.items()}
