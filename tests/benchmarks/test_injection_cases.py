"""Building and judging cases of a tiny package, with its real tests in the real sandbox."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from git import Repo

from benchmarks.injection.attempts import Attempts
from benchmarks.injection.baseline import Baseline, measure
from benchmarks.injection.builder import Builder
from benchmarks.injection.case import Case, Fault, cases
from benchmarks.injection.draw import Mutant
from benchmarks.injection.examine import Examination, examine
from benchmarks.injection.judge import judge
from benchmarks.injection.substrates import Substrate
from benchmarks.injection.suite import Suite
from tasks.errors import DataError
from tasks.target import load_target
from tasks.test.sandbox import choose

CODE = """def clamp(value, low, high):
    if value < low:
        return low
    if value > high:
        return high
    return value


def spread(values):
    return max(values) - min(values)


def shout(text):
    return text.strip().upper()
"""
TESTS = """import pytest
from tiny.tools import clamp, shout, spread


@pytest.mark.parametrize("value", [1, 2])
def test_inside(value):
    assert clamp(value, 0, 3) == value


def test_low():
    assert clamp(-1, 0, 3) == 0


def test_lower():
    assert clamp(-5, -2, 3) == -2


def test_high():
    assert clamp(9, 0, 3) == 3


class TestText:
    def test_shout(self):
        assert shout(" a") == "A"

    def test_loud(self):
        assert shout("b ") == "B"


def test_spread():
    assert spread([1, 4]) == 3


def test_none():
    assert spread([2]) == 0


def test_broken():
    assert clamp(1, 2, 3) == 1
"""


@pytest.fixture(scope="module")
def substrate(tmp_path_factory: pytest.TempPathFactory) -> Substrate:
    folder = tmp_path_factory.mktemp("tiny")
    folder.chmod(0o755)
    for name, text in {
        "tiny/__init__.py": "",
        "tiny/tools.py": CODE,
        "tests/test_tools.py": TESTS,
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    return Substrate(
        name="tiny",
        kind="arithmetic",
        copy={"tiny": "tiny", "tests": "tests"},
        modules=("tiny/*.py",),
        tests=("tests/test_*.py",),
        folder=folder,
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


@pytest.fixture(scope="module")
def baseline(substrate: Substrate, out: Path) -> Baseline:
    return measure(substrate, out / "cache", out, Suite(choose()))


@pytest.fixture(scope="module")
def case(baseline: Baseline, out: Path) -> Case:
    found = tried(baseline, out, "return low", "return high")
    assert found.case is not None
    return found.case


def tried(baseline: Baseline, out: Path, old: str, new: str) -> Examination:
    fault = Fault(kind="K", source="S", file="tiny/tools.py", line=2, before=old, after=new)
    mutant = Mutant("tiny/tools.py", CODE.replace(old, new), (fault,))
    return examine(baseline, mutant, Suite(choose(), seconds=20), out)


def test_only_tests_that_pass_count(baseline: Baseline) -> None:
    assert len(baseline.counted) == 9
    assert baseline.uncounted == {"tests.test_tools::test_broken"}
    assert baseline.reached == {"tiny/tools.py": ("tests/test_tools.py",)}


def test_a_case_hides_half_of_the_tests_and_says_nothing(case: Case) -> None:
    assert case.failing_visible
    assert case.failing_unseen
    assert set(case.visible) | set(case.unseen) >= {"tests.test_tools::test_inside[1]"}
    text = (case.repository / "tests" / "test_tools.py").read_text()
    assert "test_broken" not in text
    for test in case.visible:
        assert f"def {test.rpartition('::')[2].partition('[')[0]}(" in text
    for test in case.unseen:
        assert f"def {test.rpartition('::')[2].partition('[')[0]}(" not in text
    assert "return low" not in (case.repository / "tiny" / "tools.py").read_text()
    with Repo(case.repository) as repo:
        assert len(list(repo.iter_commits())) == 1
        assert not repo.is_dirty(untracked_files=True)
    contract = case.contract.read_text()
    assert not any(word in contract for word in ("kind: K", "tools.py:", case.half))
    target = load_target(str(case.contract))
    assert target.may_edit("tiny/tools.py")
    assert not target.may_edit("tests/test_tools.py")


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("return value", "return value  # same", "survived"),
        ("def clamp", "def clasp", "too many fail"),
        ("return low", "import os; os._exit(3)", "hung or crashed"),
    ],
)
def test_what_makes_no_case(
    baseline: Baseline, out: Path, old: str, new: str, verdict: str
) -> None:
    assert tried(baseline, out, old, new).verdict == verdict


def test_the_judge_tells_right_from_plausible(case: Case, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(case.repository, tree)
    code = tree / "tiny" / "tools.py"
    assert judge(case, tree).verdict == "failed"
    (tree / "tests" / "test_tools.py").write_text("def test_nothing(): pass\n")
    assert judge(case, tree).verdict == "failed"
    code.write_text(CODE)
    assert judge(case, tree).verdict == "right"
    seen = -1 if "tests.test_tools::test_low" in case.failing_visible else -5
    code.write_text(CODE.replace("return low", f"return low if value == {seen} else high"))
    found = judge(case, tree)
    assert found.verdict == "plausible"
    assert found.failed_unseen == case.failing_unseen


def test_a_build_goes_on_from_its_log(baseline: Baseline, tmp_path: Path) -> None:
    log = tmp_path / "attempts.jsonl"
    kept = []
    for _ in range(2):
        attempts = Attempts.open(log)
        suite = Suite(choose(), seconds=20)
        assert Builder((baseline,), attempts, suite, tmp_path, most=1).build(1, 7, jobs=2) == 1
        kept.append([attempt for attempt in attempts.used if attempt.verdict == "kept"])
        assert len(log.read_text().splitlines()) == len(attempts.used)
    (built,) = cases(tmp_path)
    assert kept[0] == kept[1]
    assert built.kind == kept[0][0].kind


def test_a_folder_without_cases_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no case"):
        cases(tmp_path)
