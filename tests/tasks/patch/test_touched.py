"""Which statements an edit stands in."""

from __future__ import annotations

import pytest

from tasks.patch import touched

OLD = '''"""A module."""
import os

LIMIT = 3


def first(xs):
    """Takes one."""
    if not xs:
        return None
    return xs[1]


class Box:
    size = 1

    def full(
        self,
        n,
    ):
        total = (
            n +
            self.size
        )
        return total > LIMIT
'''


@pytest.mark.parametrize(
    ("old", "new", "statements", "outside", "functions"),
    [
        ("xs[1]", "xs[0]", {11}, False, [(7, 11)]),
        ("            n +\n", "            n -\n", {21}, False, [(17, 25)]),
        ("        n,\n", "        n=1,\n", {21}, False, [(17, 25)]),
        ("def first(xs)", "def first(xs, n=1)", {9}, False, [(7, 11)]),
        ("    if not xs:\n", "    # none\n    if not xs:\n", set(), False, []),
        ("    if not xs:\n        return None\n", "", {9}, False, [(7, 11)]),
        ("import os", "import os\nimport re", set(), False, []),
        ("LIMIT = 3", "LIMIT = 4", set(), True, []),
        ("    size = 1", "    size = 2", set(), True, []),
        ("LIMIT = 3\n", "LIMIT = 3\n\n\ndef more(x):\n    return x\n", {8}, False, []),
    ],
)
def test_where_an_edit_stands(
    old: str, new: str, statements: set[int], outside: bool, functions: list[tuple[int, int]]
) -> None:
    found = touched(OLD, OLD.replace(old, new, 1))
    assert found.statements == statements
    assert found.outside is outside
    assert [(lines[0], lines[-1]) for lines in found.functions] == functions


def test_what_does_not_parse_has_no_statements() -> None:
    with pytest.raises(SyntaxError):
        touched(OLD, OLD.replace("LIMIT = 3", "LIMIT ="))
