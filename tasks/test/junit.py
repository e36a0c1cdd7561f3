"""Reads the JUnit report of a test run."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from typing import Literal

from tasks.errors import PredictError

_SYMPTOM = re.compile(r"\w{1,60}( at [^\s:]{1,200}:\d{1,7})?")
_SHOWN = re.compile(r"^E\s+(\w{1,50}(?:Error|Exception))\b", re.MULTILINE)


@dataclass(frozen=True)
class TestResult:
    """How one test ended, and its seconds by the report.

    `symptom` is the class of the exception that a failed test ended in, and where code of the
    target raised it: `IndexError at pack/path.py:12`. It is empty where the report does not say.
    """

    outcome: Literal["passed", "failed", "skipped"]
    seconds: float
    symptom: str = ""

    @property
    def prediction(self) -> str:
        """The outcome with the symptom: `failed: IndexError at pack/path.py:12`."""
        return f"{self.outcome}: {self.symptom}" if self.symptom else self.outcome


def place_of(prediction: str) -> str:
    """Where code of the target raised a failed item's exception, as `path:line`; else empty."""
    return prediction.partition(" at ")[2]


def outcome_of(prediction: str) -> str:
    """The outcome in an item's prediction, its symptom left out."""
    return prediction.partition(":")[0]


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
            results[name] = TestResult("failed", seconds, _symptom(case))
        elif name not in results:
            results[name] = TestResult("skipped" if "skipped" in kinds else "passed", seconds)
    return results


def _symptom(case: ElementTree.Element) -> str:
    """What the plugin told of the first exception; of a module, the last that is shown."""
    for told in case.iter("property"):
        if told.get("name") == "whetstone_symptom":
            return value if _SYMPTOM.fullmatch(value := told.get("value", "")) else ""
    shown = _SHOWN.findall("".join(child.text or "" for child in case))
    return str(shown[-1]) if shown else ""


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise PredictError(
            f"the test report gives {text!r} as a test's time", "do not write to it"
        ) from error
