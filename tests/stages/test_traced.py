"""Targets of every kind are traced on their development items, in the sandbox."""

from __future__ import annotations

from pathlib import Path

from stages.evidence import trace_of
from tests.stages.runs import needs_sandbox, run_of

pytestmark = needs_sandbox

PACKAGE = """\
def grade(points):
    if points >= 50:
        return "pass"
    return "fail"


def mean(values):
    if not values:
        return 0
    return sum(values) // len(values)
"""
TESTS = """\
import pytest
from grades import grade, mean


@pytest.mark.parametrize("points", [0, 49, 50, 51, 99])
def test_grade(points):
    assert grade(points) == ("pass" if points > 49 else "fail")


def test_mean_of_even():
    assert mean([2, 4]) == 3


def test_mean_of_odd():
    assert mean([1, 2]) == 1.5


def test_mean_of_none():
    assert mean([]) == 0


def test_sealed():
    assert mean([1, 2, 4]) == 7 / 3


def test_sealed_too():
    assert mean([1]) == 1
"""
SUITE = """\
name: grades
repository: {path: repo, snapshot: true}
editable: [grades.py]
metric: {kind: pytest}
environment: {variables: {PYTEST_DISABLE_PLUGIN_AUTOLOAD: "1"}}
splits:
  dev: ["test_grades::test_grade", "test_grades::test_mean_of_even",
        "test_grades::test_mean_of_odd", "test_grades::test_mean_of_none"]
  sealed: ["test_grades::test_sealed", "test_grades::test_sealed_too"]
"""
COMMAND = """\
name: grades
repository: {path: repo, snapshot: true}
editable: [grades.py]
metric: {kind: command, command: ["{python}", "main.py", "{output}"]}
"""
MAIN = """\
import sys
from grades import mean

with open(sys.argv[1], "w") as file:
    file.write(str(mean([1, 2])))
"""


def repository(folder: Path) -> None:
    (folder / "repo").mkdir()
    for name, text in (("grades", PACKAGE), ("test_grades", TESTS), ("main", MAIN)):
        (folder / "repo" / f"{name}.py").write_text(text)


def test_a_suite_is_traced_test_by_test(tmp_path: Path) -> None:
    repository(tmp_path)
    run = run_of(SUITE, tmp_path)
    trace = trace_of(run, run.workspace.base)
    failing = "test_grades::test_mean_of_odd"
    assert {item for item, score in trace.scores.items() if score == 0.0} == {failing}
    assert len(trace.scores) == trace.items == 8
    assert trace.named(trace.statements["grades.py:10"]) == {
        failing, "test_grades::test_mean_of_even",
    }  # fmt: skip
    assert trace.coverage["grades.py:grade"] == tuple(
        f"test_grades::test_grade[{points}]" for points in (0, 49, 50, 51, 99)
    )


def test_a_command_is_traced_as_one_item(tmp_path: Path) -> None:
    repository(tmp_path)
    run = run_of(COMMAND, tmp_path)
    trace = trace_of(run, run.workspace.base)
    assert trace.scores == {"dev-0": 1.0}
    assert trace.named(trace.statements["grades.py:10"]) == {"dev-0"}
