"""A suite's runs: only what was asked for, failing tests first, and no further than needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.ledger import Spending
from tasks.records.trial import Trial
from tasks.test import SuiteRace
from tasks.test.junit import outcome_of, parse_report
from tasks.validate import census
from tests.tasks.test.suites import Bench, bench

CODE = """
def double(x):
    return x + x + 1

def half(x):
    return x // 2

def spin():
    while True:
        pass
"""
TESTS = """
import os, pathlib, sys
import pytest
sys.path.insert(0, os.getcwd())
from code_ import double, half, spin

def told(name):
    with open(pathlib.Path(os.environ["WHETSTONE_CACHE"]) / "told", "a") as out:
        out.write(name + " ")

def test_double():
    told("double")
    assert double(2) == 4

def test_half():
    told("half")
    assert half(4) == 2

@pytest.mark.parametrize("x", [0, 2])
def test_half_again(x):
    told("again")
    assert half(2 * x) == x

def test_spin():
    told("spin")
    assert spin() is None

@pytest.mark.skip
def test_never():
    pass
"""
A_HALF, AGAIN, DOUBLE, SPIN = (
    f"tests.test_code::test_{name}" for name in ("half", "half_again", "double", "spin")
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    files = {"code_.py": CODE, "tests/test_code.py": TESTS}
    return bench(tmp_path_factory.mktemp("small"), files, sealed=(AGAIN,))


def trial(small: Bench, text: str) -> Trial:
    base = small.evaluator.evaluate(small.evaluator.workspace.base, purpose="baseline", seed=0)
    race = SuiteRace(small.evaluator, base, 0, lambda new, old: census(new, old, 1))
    return race.run("c", small.commit("code_.py", text), [])


def told(small: Bench, trial: Trial) -> list[str]:
    assert trial.evaluation is not None
    kept = small.evaluator.lineage.folder / trial.evaluation.tree / "told"
    return kept.read_text().split()


def test_a_test_that_hangs_is_a_test_that_fails(small: Bench):
    assert small.collected.failing == (DOUBLE, SPIN)
    assert small.collected.habits.lean
    assert set(small.collected.tests.values()) == {A_HALF, AGAIN, DOUBLE, SPIN}


def test_a_mend_runs_every_visible_test_and_no_sealed_one(small: Bench):
    done = trial(small, CODE.replace("x + x + 1", "x + x"))
    assert (done.state, done.share) == ("complete", 1.0)
    assert done.difference is not None
    assert done.difference.delta == pytest.approx(1 / 3)
    assert done.evaluation is not None
    assert {item.item for item in done.evaluation.items} == {A_HALF, DOUBLE, SPIN}
    assert told(small, done) == ["double", "spin", "half"]


def test_who_mends_nothing_is_stopped_before_the_passing_tests(small: Bench):
    done = trial(small, CODE.replace("x + x + 1", "x + x + 2"))
    assert (done.state, done.share) == ("raced_out", pytest.approx(2 / 3))
    assert "mends none of 2" in done.error
    assert told(small, done) == ["double", "spin"]
    spent = list(small.evaluator.ledger.read("spending", Spending))[-1]
    assert (spent.items, spent.share) == (2, pytest.approx(2 / 3))


def test_who_breaks_a_test_is_told_which(small: Bench):
    done = trial(small, CODE.replace("x + x + 1", "2 * x").replace("x // 2", "x // 3"))
    assert done.state in {"raced_out", "complete"}
    assert done.difference is not None
    assert done.difference.p_value == 1.0


def test_a_tree_that_was_tried_before_is_not_run_again(small: Bench):
    text = CODE.replace("x + x + 1", "x + x + 3")
    first, again = trial(small, text), trial(small, text)
    assert again.evaluation is not None
    assert again.evaluation.cached
    assert (first.state, first.error) == (again.state, again.error)


def test_a_module_that_cannot_be_imported_is_one_failing_item(tmp_path: Path):
    passing = "".join(f"def test_{i}(): pass\n" for i in range(4))
    files = {
        "code_.py": "def f():\n    return missing\nvalue = f()\n",
        "tests/test_bad.py": "import os, sys\nsys.path.insert(0, os.getcwd())\nimport code_\n",
        "tests/test_good.py": passing,
    }
    made = bench(tmp_path, files)
    assert made.collected.failing == ("::tests.test_bad",)
    base = made.evaluator.evaluate(made.evaluator.workspace.base, purpose="baseline", seed=0)
    mended = made.commit("code_.py", "value = 1\n")
    after = made.evaluator.evaluate(mended, purpose="trial", seed=0)
    assert (base.mean, after.mean) == (0.8, 1.0)


def test_an_option_of_a_plugin_keeps_the_plugins(tmp_path: Path):
    passing = "".join(f"def test_{i}(): pass\n" for i in range(4))
    files = {"code_.py": "", "tests/test_a.py": passing, "pytest.ini": "[pytest]\nno_such = 1\n"}
    assert not bench(tmp_path, files).collected.habits.lean


def test_a_failed_test_tells_its_exception_and_the_line_of_the_target_that_raised_it(
    tmp_path: Path,
):
    files = {
        "code_.py": "def first(rows):\n    return rows[0]\n\n\ndef spin():\n"
        "    while True:\n        pass\n",
        "tests/test_it.py": "import os, sys\nsys.path.insert(0, os.getcwd())\n"
        "import pytest\nfrom code_ import first, spin\n"
        "def test_empty(): first([])\n"
        "def test_equal(): assert first([1]) == 2, 'secret'\n"
        "def test_skip(): pytest.skip('secret')\n"
        "def test_pass(): first([1])\n"
        "def test_spin(): spin()\n",
        "tests/test_bad.py": "import no_such_module\n",
    }
    made = bench(tmp_path, files)
    base = made.evaluator.evaluate(made.evaluator.workspace.base, purpose="baseline", seed=0)
    told = {entry.item.rpartition("::")[2]: entry.prediction for entry in base.items}
    assert told["test_spin"].startswith("failed: Timeout at code_.py:")
    del told["test_spin"]
    assert told == {
        "test_empty": "failed: IndexError at code_.py:2",
        "test_equal": "failed: AssertionError",
        "test_pass": "passed",
        "tests.test_bad": "failed: ModuleNotFoundError",
    }


def test_a_forged_symptom_is_dropped():
    report = (
        b'<testsuites><testcase classname="a" name="b" time="1"><properties><property '
        b'name="whetstone_symptom" value="gold is 42"/></properties><failure/></testcase>'
        b"</testsuites>"
    )
    assert parse_report(report)["a::b"].prediction == "failed"
    assert outcome_of("failed: KeyError at a.py:1") == "failed"
