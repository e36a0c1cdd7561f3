"""Rehearsed tests are found under the names that pytest gives them, and end as they do there."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.classic import programs
from researchers.program_analysis.rehearsal.limits import Exhausted, Refused
from researchers.program_analysis.rehearsal.suite import PASSED, Suite
from tasks.test.junit import TestResult, parse_report
from tests.researchers.program_analysis import rehearsed_suites

STEPS = 50_000


def run(folder: Path, report: Path, *options: str) -> dict[str, TestResult]:
    """How tests end in truth."""
    command = [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", f"--rootdir={folder}"]
    command += ["-p", "no:cacheprovider", f"--junitxml={report}", *options, str(folder)]
    subprocess.run(command, cwd=report.parent, capture_output=True, check=False)
    return parse_report(report.read_bytes())


@pytest.fixture(scope="module")
def classic(tmp_path_factory: pytest.TempPathFactory) -> dict[str, TestResult]:
    """The visible tests of all classic programs, run once."""
    known = programs()
    paths = " ".join(str(program.folder) for program in known)
    report = tmp_path_factory.mktemp("classic") / "report.xml"
    ignored = [f"--ignore={program.unseen.parent}" for program in known]
    return run(known[0].folder.parent, report, "-o", f"pythonpath={paths}", *ignored)


@pytest.mark.parametrize("program", programs(), ids=lambda program: program.name)
def test_every_test_of_a_classic_program_passes(
    program: object, classic: Mapping[str, TestResult]
) -> None:
    folder: Path = program.folder  # type: ignore[attr-defined]
    trees = {
        path.relative_to(folder).as_posix(): ast.parse(path.read_text(encoding="utf-8")).body
        for path in (*folder.glob("*.py"), *folder.glob("tests/*.py"))
    }
    suite, begin = Suite(trees), f"{folder.name}."
    items = {name.removeprefix(begin): r for name, r in classic.items() if name.startswith(begin)}
    assert items
    for item, result in items.items():
        assert result.outcome == "passed"
        assert suite.outcome(item, STEPS)[0] == PASSED, item


CONFTEST = """\
import pytest


@pytest.fixture
def bank():
    return {"ann": 1}


@pytest.fixture
def funded(bank):
    bank["ann"] += 10
    yield bank
    bank.clear()


@pytest.fixture(scope="module")
def shared():
    return []
"""
CASES = """\
import enum
import re
from functools import partial

import pytest


class Color(enum.Enum):
    RED = 1


class Thing:
    pass


def double(n):
    return 2 * n


@pytest.mark.parametrize("value", [
    1, -2, 1.5, float("inf"), True, None, "", "a b", "ß\\n", "x-y", "[z]", b"raw", 3j, Color.RED,
    Thing, Thing(), [1], {}, (1, 2), double, len, lambda: 0, partial(double, 1), re.compile("a+"),
    1e-9, 10**12, "a::b", "é", "tab\\t", range(2), object,
])
def test_kinds(value):
    pass


@pytest.mark.parametrize("value", ["a", "a", "b", 1, 1, "x1", "x1", None, None, "a0"])
def test_duplicates(value):
    pass


@pytest.mark.parametrize(("n", "wanted"), [(1, 2), (2, 4), pytest.param(3, 6, id="three"), (4, 9)])
def test_pairs(n, wanted):
    assert double(n) == wanted


@pytest.mark.parametrize("n, wanted", [[1, [2]], [2, [4]]])
def test_names_in_a_text(n, wanted):
    assert [double(n)] == wanted


@pytest.mark.parametrize(["n"], [(1,), (2,)])
def test_one_name_in_a_list(n):
    assert n in (1, 2)


@pytest.mark.parametrize("n,", [(3,)])
def test_one_name_and_a_comma(n):
    assert n == 3


@pytest.mark.parametrize("n", [(1, 2), (3, 4)])
def test_rows_that_are_values(n):
    assert len(n) == 2


@pytest.mark.parametrize("n", [1, 2, 3], ids=["one", None, 3])
def test_named(n):
    assert n < 3


@pytest.mark.parametrize("n", [1, 2, "c"], ids=lambda v: f"n{v}" if v != 2 else None)
def test_named_by_a_function(n):
    assert n != 1


@pytest.mark.parametrize("a, b", [(1, [0]), ("x", {})], ids=repr)
def test_all_named_by_a_function(a, b):
    assert a


@pytest.mark.parametrize("outer", [0, 1])
@pytest.mark.parametrize("inner", "ab")
def test_stacked(outer, inner):
    assert outer == 0 or inner == "a"


@pytest.mark.parametrize("n", [2])
def test_with_fixture(bank, n):
    assert bank["ann"] == n


def test_fixtures_share_what_they_use(bank, funded):
    assert bank is funded and bank["ann"] == 11


def test_own_fixture(pair):
    assert pair == (1, 2)


@pytest.fixture
def pair(shared):
    shared.append(1)
    return (1, 2)


class TestThings:
    limit = 3

    def test_plain(self):
        assert self.limit == 3

    def test_wrong(self, bank):
        self.limit = 4
        assert bank == {}

    def test_state_is_fresh(self):
        assert self.limit == 3

    @pytest.mark.parametrize("n", [1, 5])
    def test_below(self, n):
        assert n < self.limit

    def _helper(self):
        raise ValueError


def test_raises():
    with pytest.raises(ZeroDivisionError):
        1 / 0
    with pytest.raises((KeyError, IndexError)) as caught:
        [][1]
    assert caught.type is IndexError and "range" in str(caught.value)
    pytest.raises(ValueError, int, "x")


def test_raises_another():
    with pytest.raises(KeyError):
        int("x")


def test_raises_nothing():
    with pytest.raises(KeyError):
        pass


@pytest.mark.parametrize("match", ["invalid", "^invalid", "literal$", "'x'", r"base \\d+"])
def test_raises_with_a_message(match):
    with pytest.raises(ValueError, match=match):
        int("x")


@pytest.mark.parametrize("near, is_near", [
    (0.1 + 0.2, True), (0.3001, False), (0.3 + 1e-13, True), (0, False), (float("nan"), False)])
def test_approx(near, is_near):
    assert (near == pytest.approx(0.3)) is is_near
    assert (pytest.approx(0.3) == near) is is_near
    assert ([near, 1] == pytest.approx([0.3, 1])) is is_near
    assert ({"a": near} == pytest.approx({"a": 0.3})) is is_near


def test_approx_with_tolerances():
    assert 1.1 == pytest.approx(1, abs=0.2)
    assert 101 == pytest.approx(100, rel=0.02)
    assert 103 != pytest.approx(100, rel=0.02)
    assert 0.0 == pytest.approx(1e-13)


def test_fails():
    assert double(2) == 5, "no"


def test_errs():
    {}["a"]
"""


def test_tests_have_pytests_names_and_end_as_there(tmp_path: Path) -> None:
    folder = tmp_path / "target"
    (folder / "tests").mkdir(parents=True)
    files = {"tests/conftest.py": CONFTEST, "tests/test_all.py": CASES}
    for path, text in files.items():
        (folder / path).write_text(text, encoding="utf-8")
    real = run(folder, tmp_path / "report.xml")
    assert len(real) > 80
    suite = Suite({path: ast.parse(text).body for path, text in files.items()})
    for item, result in real.items():
        assert (suite.outcome(item, STEPS)[0] == PASSED) is (result.outcome == "passed"), item


def test_fixtures_marks_and_set_ups_do_what_they_do_there(tmp_path: Path) -> None:
    folder = tmp_path / "target"
    (folder / "tests").mkdir(parents=True)
    for path, text in rehearsed_suites.FILES.items():
        (folder / path).write_text(text, encoding="utf-8")
    real = run(folder, tmp_path / "report.xml", "-o", f"pythonpath={folder}")
    assert len(real) > 35
    trees = {path: ast.parse(text).body for path, text in rehearsed_suites.FILES.items()}
    for item, result in real.items():
        ending = Suite(trees).outcome(item, STEPS)[0]
        assert (ending == PASSED) is (result.outcome == "passed"), (item, ending)


def _outcome(text: str, item: str = "test_a::test_a") -> str:
    return Suite({"test_a.py": ast.parse(text).body}).outcome(item, STEPS)[0]


def test_endings_have_the_names_of_exceptions() -> None:
    head = "import pytest\n\n\ndef test_a():\n    "
    assert _outcome(f"{head}assert 1 == 2") == "AssertionError"
    assert _outcome(f"{head}{{}}[1]") == "KeyError"
    assert _outcome(f"{head}with pytest.raises(KeyError): pass") == "Failed"
    case = "import unittest\n\n\nclass A(unittest.TestCase):\n    def test_a(self):\n        "
    for asked in ("Raises(KeyError", "RaisesRegex(KeyError, 'a'", "Warns(UserWarning"):
        assert _outcome(f"{case}with self.assert{asked}): pass", "test_a.A::test_a") == (
            "AssertionError"
        )
    assert _outcome("import pytest\nx = 1 / 0\n\n\ndef test_a(): pass") == "ZeroDivisionError"


@pytest.mark.parametrize(
    "text",
    ["def test_b(): pass", "def test_a(tmp_path_factory): pass", "def test_a():\n    yield 1",
     "import pytest\n\n\n@pytest.mark.skip\ndef test_a(): pass",
     "import pytest\n\n\n@pytest.mark.xfail(reason='')\ndef test_a(): pass",
"async def test_a(): pass", "import requests\n\n\ndef test_a(): requests.get('x')"],
)  # fmt: skip
def test_what_pytest_alone_can_tell_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        _outcome(text)


def test_chance_is_the_same_each_time() -> None:
    text = "import random\n\n\ndef test_a():\n    assert False, random.random() < 0.5\n"
    text += (
        "\n\ndef test_b():\n    return {}[random.random()] if random.random() < 0.5 else 1 / 0\n"
    )
    assert len({_outcome(text, "test_a::test_b") for _ in range(20)}) == 1


def test_modules_are_loaded_once_and_anew_after_a_test_that_was_cut_off() -> None:
    text = "rows = []\n\n\ndef test_a():\n    rows.append(1)\n    assert rows == [1]\n"
    text += "\n\ndef test_b():\n    while True: pass\n"
    suite = Suite({"test_a.py": ast.parse(text).body})
    ends = [suite.outcome("test_a::test_a", STEPS)[0] for _ in range(2)]
    assert ends == [PASSED, "AssertionError"]
    loading = suite.loading
    with pytest.raises(Exhausted):
        suite.outcome("test_a::test_b", STEPS)
    assert suite.outcome("test_a::test_a", STEPS)[0] == PASSED
    assert loading
    assert suite.loading == 2 * loading


def test_steps_are_counted() -> None:
    text = "def test_a():\n    for _ in range({}): pass\n"
    short, long = (
        Suite({"test_a.py": ast.parse(text.format(n)).body}).outcome("test_a::test_a", STEPS)[1]
        for n in (10, 110)
    )
    assert long - short == 100


LEAVING = """\
import pytest

import shop


class Kind:
    @staticmethod
    def one():
        return 1


@pytest.fixture
def stocked():
    shop.STOCK.append(1)
    yield
    shop.STOCK.clear()


@pytest.mark.parametrize("how", ["fails", "passes"])
def test_leaves(monkeypatch, stocked, how):
    monkeypatch.setattr(shop, "LIMIT", 7)
    monkeypatch.setattr(shop, "NEW", 7, raising=False)
    monkeypatch.setattr(Kind, "one", lambda self: 2)
    monkeypatch.setitem(shop.TABLE, "a", 7)
    assert how == "passes" and shop.NEW == 7 and Kind().one() == 2


class TestMethods:
    def setup_method(self):
        shop.STOCK.append(2)

    def teardown_method(self):
        shop.STOCK.clear()
        raise KeyError

    def test_fails(self):
        assert False


def test_is_as_before():
    assert (shop.LIMIT, shop.TABLE, shop.STOCK) == (3, {}, [])
    assert not hasattr(shop, "NEW") and Kind.one() == Kind().one() == 1
"""


def test_what_a_test_sets_up_is_gone_for_the_next_one() -> None:
    files = {"shop.py": "LIMIT = 3\nTABLE = {}\nSTOCK = []\n", "tests/test_a.py": LEAVING}
    suite = Suite({path: ast.parse(text).body for path, text in files.items()})
    ended = {
        name: suite.outcome(f"tests.test_a{name}", STEPS)[0]
        for name in ("::test_leaves[fails]", "::test_leaves[passes]", ".TestMethods::test_fails")
    }
    assert list(ended.values()) == ["AssertionError", PASSED, "AssertionError"]
    assert suite.outcome("tests.test_a::test_is_as_before", STEPS)[0] == PASSED
