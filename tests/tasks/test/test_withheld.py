"""Held-out tests are cut out of a copy; whatever else the files hold stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.test.withheld import withhold, without

TESTS = '''\
import pytest

SIZES = [1, 2]


@pytest.mark.parametrize("size", SIZES)
def test_one(size):
    assert size == 1


def helper():
    return 3


class TestAll:
    @staticmethod
    def test_two():
        """Secret."""
        assert helper() == 3

    async def test_three(self):
        assert helper() == 4


def test_two():
    assert helper() == 5
'''


@pytest.mark.parametrize(
    ("group", "gone"),
    [
        ("tests.test_it::test_one", "size == 1"),
        ("tests.test_it::test_one[2]", "size == 1"),
        ("test_it::test_one", "size == 1"),
        ("tests.test_it.TestAll::test_two", "helper() == 3"),
        ("tests.test_it.TestAll::test_three", "helper() == 4"),
        ("tests.test_it::test_two", "helper() == 5"),
    ],
)
def test_only_what_is_held_out_goes(tmp_path: Path, group: str, gone: str) -> None:
    (tmp_path / "tests").mkdir()
    file = tmp_path / "tests" / "test_it.py"
    file.write_text(TESTS)
    withhold(tmp_path, [group])
    left = file.read_text()
    compile(left, "test_it.py", "exec")
    asserts = {line.strip() for line in TESTS.splitlines() if "assert" in line}
    assert {line.strip() for line in left.splitlines() if "assert" in line} == asserts - {
        f"assert {gone}"
    }
    assert "def helper" in left


def test_other_modules_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "other_test_it.py").write_text(TESTS)
    withhold(tmp_path, ["test_it::test_two", "tests.it::test_one"])
    assert (tmp_path / "other_test_it.py").read_text() == TESTS


def test_a_file_that_does_not_parse_is_emptied() -> None:
    assert without("def test_one(:\n    assert 1\n", "m", {"m::test_one"}) == "# held out\n"
