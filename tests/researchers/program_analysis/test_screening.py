"""Screening drops what need not be tried, and the normal form tells sameness from difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from researchers.program_analysis.draft import Draft
from researchers.program_analysis.normal import normal
from researchers.program_analysis.program import Program
from researchers.program_analysis.screening import Screen
from tasks.records.evidence import Location

BASE = """def last(rows, n):
    if not rows:
        return None
    best = rows[0]
    for row in rows:
        if row > best:
            best = row
    return best + n
"""


@pytest.fixture
def digest(tmp_path: Path, dossier: Callable[..., Any]) -> Callable[[str, str], str | None]:
    (tmp_path / "job.py").write_text(BASE, encoding="utf-8")
    screen = Screen(Program(dossier(tmp_path)))

    def made(old: str, new: str) -> str | None:
        assert old in BASE
        text = BASE.replace(old, new)
        return screen.digest(Draft("t", "w", Location(path="job.py"), {"job.py": text}, 0.5))

    return made


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return best + n", "return best +"),
        ("return best + n", "return best + n + 0"),
        ("row > best", "best < row"),
        ("best + n", "best + nowhere"),
        ("row > best", "row > row"),
        ("row > best", "row > None"),
        ("best = row\n", "best = best\n"),
        ("        return None\n", "        return None\n        n = 1\n"),
        ("rows[0]", "5[0]"),
        ("rows[0]", "max(rows, rows)"),
    ],
)
def test_what_cannot_help_is_dropped(digest: Any, old: str, new: str) -> None:
    assert digest(old, new) is None


def test_another_name_of_a_local_is_no_change(digest: Any) -> None:
    renamed = BASE.replace("row ", "item ").replace("row:", "item:").replace("= row", "= item")
    assert digest(BASE, renamed) is None


def test_what_may_help_is_kept_and_told_apart(digest: Any) -> None:
    made = [
        digest("row > best", "row >= best"),
        digest("row > best", "row < best"),
        digest("rows[0]", "rows[-1]"),
        digest("best + n", "best - n"),
        digest("        return None\n", "        return n\n"),
    ]
    assert None not in made
    assert len(set(made)) == len(made)


def test_two_ways_of_one_edit_have_one_digest(digest: Any) -> None:
    assert digest("row > best", "not row == best") == digest("row > best", "best != row")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("x = not (a in b)", "x = a not in b", True),
        ("if not a:\n    f()\nelse:\n    g()", "if a:\n    g()\nelse:\n    f()", True),
        ("while not not a:\n    f()", "while a:\n    f()", True),
        ("def f(a):\n    b = a\n    return b", "def f(a):\n    c = a\n    return c", True),
        ("def f(a):\n    b = a\n    return b", "def f(a):\n    c = a\n    return a", False),
        ("def f(a, b):\n    return a", "def f(b, a):\n    return a", False),
        (
            "def f(a):\n    t = a\n    def g(b):\n        c = b\n        return c+t\n    return g",
            "def f(a):\n    u = a\n    def g(b):\n        d = b\n        return d+u\n    return g",
            True,
        ),
        (
            "def f(a):\n    t = a\n    def g(b):\n        c = b\n        return c+t\n    return g",
            "def f(a):\n    t = a\n    def g(b):\n        c = b\n        return t+t\n    return g",
            False,
        ),
        ("x = a - b", "x = b - a", False),
        ("x = a < b", "x = not a >= b", False),
        ("x = not not a", "x = a", False),
    ],
)
def test_the_normal_form(one: str, other: str, same: bool) -> None:
    assert (normal(one) == normal(other)) is same
