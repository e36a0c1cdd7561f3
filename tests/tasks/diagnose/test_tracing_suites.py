"""Tests as items: each has its own coverage, and tests that are not asked for are not run."""

from __future__ import annotations

import pytest

from tasks.diagnose.tracing.guest.whetstone_tracer import suite as traced
from tasks.test.guest import whetstone_suite as measured
from tasks.test.junit import parse_report

PACKAGE = """\
TABLE = {n: n for n in range(3)}


def at_import():
    return sum(TABLE)


TOTAL = at_import()


def double(x):
    if x < 0:
        return x
    return 2 * x


def half(x):
    return x // 2
"""
TESTS = """\
import pytest
import sums


@pytest.fixture(scope="module")
def four():
    return sums.double(2)


@pytest.mark.parametrize("x", [1, -1, "a::b"])
def test_double(x):
    assert sums.double(x) == x + x


class TestHalf:
    def test_half(self, four):
        assert sums.half(four) == 2

    def test_sealed(self):
        open("sealed", "w").close()
        assert sums.half(4) == 2
"""
DOUBLE = [f"tests.test_sums::test_double[{x}]" for x in (1, -1, "a::b")]
HALF = "tests.test_sums.TestHalf::test_half"


@pytest.fixture
def suite(target):
    return target({"sums.py": PACKAGE, "conftest.py": "", "tests/test_sums.py": TESTS})


def test_coverage_of_each_test(suite):
    run = suite.traced(
        "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml=report.xml",
        "-o", "junit_family=xunit1", items=dict.fromkeys([*DOUBLE, HALF], ""), by="tests",
    )  # fmt: skip
    assert "2 failed, 2 passed, 1 deselected" in run.stdout, run.stdout + run.stderr
    assert not (suite.root / "sealed").exists()
    report = parse_report((suite.root / "report.xml").read_bytes())
    assert set(report) == {*DOUBLE, HALF}
    trace = suite.trace
    assert trace.items == 4
    assert trace.coverage == {
        "sums.py:double": tuple(sorted([*DOUBLE, HALF])), "sums.py:half": (HALF,),
    }  # fmt: skip
    assert {place: trace.named(number) for place, number in trace.statements.items()} == {
        "sums.py:12": {*DOUBLE, HALF},
        "sums.py:13": {DOUBLE[1]},
        "sums.py:14": {DOUBLE[0], HALF},
        "sums.py:18": {HALF},
    }
    assert trace.named(trace.values["sums.py:double"]["x is negative"]) == {DOUBLE[1]}
    assert trace.named(trace.values["sums.py:double"]["x is str"]) == {DOUBLE[2]}


def test_a_process_that_a_test_starts_belongs_to_it(target):
    subject = target(
        {
            "tool.py": "def f():\n    return 1\nprint(f())\n",
            "test_tool.py": """\
            import subprocess, sys

            def test_tool():
                done = subprocess.run([sys.executable, "tool.py"], capture_output=True)
                assert done.stdout == b"1\\n"
            """,
        }
    )
    run = subject.traced("-m", "pytest", "-q", items={"test_tool::test_tool": ""}, by="tests")
    assert "1 passed" in run.stdout, run.stdout + run.stderr
    assert subject.trace.coverage == {"tool.py:f": ("test_tool::test_tool",)}


def test_one_run_is_one_item(target):
    subject = target({"main.py": "def f(x):\n    return x + 1\nprint(f(1))\n"})
    assert subject.traced("main.py", items={"dev-0": ""}, by="run").stdout == "2\n"
    trace = subject.trace
    assert trace.coverage == {"main.py:f": ("dev-0",)}
    assert trace.named(trace.statements["main.py:2"]) == {"dev-0"}


def test_items_in_turns_have_no_statements(target):
    subject = target(
        {
            "main.py": """\
            import asyncio

            async def answer(question):
                for _ in range(3):
                    await asyncio.sleep(0)
                    look(question)

            def look(question):
                return question

            async def main():
                await asyncio.gather(answer("first one"), answer("second one"))

            asyncio.run(main())
            """
        }
    )
    assert subject.traced("main.py", items={"i-1": "first one", "i-2": "second one"}).stderr == ""
    assert subject.trace.coverage["main.py:look"] == ("i-1", "i-2")
    assert subject.trace.statements == {}


@pytest.mark.parametrize(
    "nodeid",
    ["test_a.py::test_x", "tests/a/test_b.py::TestX::test_y[a::b/c.py]", "t.py::t[\x1b\ud800]"],
)
def test_both_plugins_name_a_test_alike(nodeid: str) -> None:
    """Each is loaded into the target's interpreter without the other, so each has the rule."""
    assert traced.name_of(nodeid) == measured.name_of(nodeid)
