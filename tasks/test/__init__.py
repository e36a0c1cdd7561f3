"""Test: workloads, sandboxed measurement, caches, smoke tests, raced trials and their audit."""

from tasks.test.audit import Auditor
from tasks.test.cache import EvaluationCache, LineageCache
from tasks.test.collecting import Collected, collect
from tasks.test.command import SelfScored, seeds
from tasks.test.evaluator import Evaluator, Permit
from tasks.test.jobs import Invocation
from tasks.test.junit import place_of
from tasks.test.measured import Measured, Measurement
from tasks.test.predictions import Predictions
from tasks.test.pytest_suite import Habits, PytestSuite
from tasks.test.smoke import Smoke, run_own_tests
from tasks.test.suite_race import SuiteRace
from tasks.test.trials import Race, Racing, Stops
from tasks.test.workload import Split, WorkItem, Workload, load_benchmark

__all__ = [
    "Auditor",
    "Collected",
    "EvaluationCache",
    "Evaluator",
    "Habits",
    "Invocation",
    "LineageCache",
    "Measured",
    "Measurement",
    "Permit",
    "Predictions",
    "PytestSuite",
    "Race",
    "Racing",
    "SelfScored",
    "Smoke",
    "Split",
    "Stops",
    "SuiteRace",
    "WorkItem",
    "Workload",
    "collect",
    "load_benchmark",
    "place_of",
    "run_own_tests",
    "seeds",
]
