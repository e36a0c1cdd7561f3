"""The `pytest` kind: each test of the repository is an item that passes or does not."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tasks.errors import PredictError
from tasks.records.base import digest_of
from tasks.records.score import ItemScore
from tasks.target import PytestMetric, Target
from tasks.test.jobs import failed, run_job
from tasks.test.measured import Measured
from tasks.test.sandbox import Outcome, Sandbox, read_output
from tasks.test.workload import WorkItem

MAX_REPORT_BYTES = 64 * 2**20
_TESTS_RAN = (0, 1)
"""Pytest's exit codes when tests were run: all passed, some failed."""


@dataclass(frozen=True)
class PytestSuite:
    """Runs the suite and reads its JUnit report.

    The report is written by the process that also runs the candidate's code, so a hostile
    candidate could forge it; docs/security.md says what is and is not guarded.
    """

    target: Target
    sandbox: Sandbox

    @cached_property
    def _metric(self) -> PytestMetric:
        assert isinstance(self.target.metric, PytestMetric)
        return self.target.metric

    @cached_property
    def digest(self) -> str:
        """See Measurement.digest."""
        limits = self.target.limits.model_dump(mode="json")
        environment = self.target.environment.model_dump(mode="json")
        return digest_of(["pytest", self._metric.command, limits, environment])

    def run(
        self, tree: Path, items: Sequence[WorkItem], seed: int, cache: Path, scratch: Path
    ) -> Measured:
        """See Measurement.run. A test that the report lacks has not passed."""
        outcome, results = self._suite(tree, seed, cache, scratch)
        scores = tuple(
            ItemScore(
                item=item.id,
                group=item.group,
                score=float(results.get(item.id, "missing") == "passed"),
                prediction=results.get(item.id, "missing"),
            )
            for item in items
        )
        return Measured(scores, outcome.seconds)

    def collect(self, tree: Path, cache: Path, scratch: Path) -> tuple[WorkItem, ...]:
        """All tests of the base that ran, as items; a group is a test function."""
        _, results = self._suite(tree, 0, cache, scratch)
        return tuple(
            WorkItem(test, test.partition("[")[0], {"file": test.partition("::")[0]})
            for test, result in sorted(results.items())
            if result != "skipped"
        )

    def _suite(
        self, tree: Path, seed: int, cache: Path, scratch: Path
    ) -> tuple[Outcome, Mapping[str, str]]:
        reports = scratch / "output"
        reports.mkdir()
        report = reports / "report.xml"
        options = (f"--junitxml={report}", "-o", "junit_family=xunit1")
        outcome = run_job(
            self.target,
            self.sandbox,
            (*self._metric.command, *options),
            tree=tree,
            seed=seed,
            cache=cache,
            writable=(reports,),
            check=False,
        )
        if outcome.killed or not report.exists():
            raise failed(self._metric.command, outcome, self.target)
        results = parse_report(read_output(report, MAX_REPORT_BYTES))
        if not results and outcome.returncode not in _TESTS_RAN:
            raise failed(self._metric.command, outcome, self.target)
        return outcome, results


def parse_report(content: bytes) -> dict[str, str]:
    """Test id (`module::Class::name`) to passed, failed or skipped. Raises PredictError."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise PredictError("the test report declares entities", "write a plain JUnit report")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise PredictError(f"the test report is not XML: {error}", "do not write to it") from error
    results: dict[str, str] = {}
    for case in root.iter("testcase"):
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            results[name] = "failed"
        elif name not in results:
            results[name] = "skipped" if "skipped" in kinds else "passed"
    return results
