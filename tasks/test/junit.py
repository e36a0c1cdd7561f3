"""Reads the JUnit report of a test run."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from typing import Literal

from tasks.errors import PredictError


@dataclass(frozen=True)
class TestResult:
    """How one test ended, and its seconds by the report."""

    outcome: Literal["passed", "failed", "skipped"]
    seconds: float


def parse_report(content: bytes) -> dict[str, TestResult]:
    """Results by test id (`module.Class::name`). Raises PredictError.

    A module that cannot be imported is reported as one failed test, `::module`.
    """
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise PredictError("the test report declares entities", "write a plain JUnit report")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise PredictError(f"the test report is not XML: {error}", "do not write to it") from error
    results: dict[str, TestResult] = {}
    for case in root.iter("testcase"):
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        kinds = {child.tag for child in case}
        seconds = _number(case.get("time", "0"))
        if kinds & {"failure", "error"}:
            results[name] = TestResult("failed", seconds)
        elif name not in results:
            results[name] = TestResult("skipped" if "skipped" in kinds else "passed", seconds)
    return results


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise PredictError(
            f"the test report gives {text!r} as a test's time", "do not write to it"
        ) from error
