"""States: the local variables right before a statement, for the first times that it runs in a test.

They are what a condition that nobody wrote yet can be asked of. Only a run whose failing tests are
known keeps any, and only statements that a failing test ran through are told in the end.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from .encoding import Encoder
from .sets import Sets

FAILS = "fails"
"""What the listing of items says of a test that fails."""
PER_FAILING, PER_PASSING = 24, 3
"""States of one statement that are kept of a test."""
OF_FAILING, OF_PASSING = 160, 60
"""States of one statement that are kept in all."""
MOST = 20_000
"""States of failing tests in all, and of passing ones."""
MOST_TEXT = 2_000_000
"""Characters of distinct values, for failing tests and for passing ones."""
NAMES = 24
"""Variables of one state."""
MOVING = (RuntimeError, AttributeError, KeyError, TypeError, ValueError)
_TESTS = re.compile(r"(^|/)(tests?/|test_[^/]*$|[^/]*_test\.py$|conftest\.py$)")


class States:
    """States of all instrumented statements; a row is a test and pairs of name and value."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._failing = frozenset(item for item, text in texts.items() if text == FAILS)
        self.left: list[int] = []
        """How many more states of each statement are kept during this test; never replaced."""
        self._places: list[tuple[str, int]] = []
        self._kept: dict[int, tuple[list[tuple[str, list[int]]], ...]] = {}
        self._texts: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._sizes = [0, 0]
        self._counts = [0, 0]
        self._owner: str | None = None

    def add(self, path: str, statement: ast.stmt) -> int | None:
        """Registers a statement; None where no states of it are wanted."""
        if not self._failing or _TESTS.search(path):
            return None
        self._places.append((path, statement.lineno))
        self.left.append(0)
        return len(self._places) - 1

    def switch(self, item: str | None) -> None:
        """Another test runs from here, or none."""
        self._owner = item
        if not self._failing:
            return
        fails = item in self._failing
        most = 0 if item is None or self._full(fails) else PER_FAILING if fails else PER_PASSING
        for index in range(len(self.left)):
            self.left[index] = most

    def look(self, index: int, variables: Mapping[str, Any]) -> None:
        """A statement is about to run with these variables; `left` said that it is wanted."""
        self.left[index] -= 1
        item = self._owner
        if item is None:
            return
        fails = item in self._failing
        kept = self._kept.setdefault(index, ([], []))[fails]
        if len(kept) >= (OF_FAILING if fails else OF_PASSING) or self._full(fails):
            self.left[index] = 0
            return
        with suppress(*MOVING):
            kept.append((item, self._row(variables, fails)))
            self._counts[fails] += 1

    def restart(self) -> None:
        """Forgets what was seen, in a child process."""
        for known in (self._kept, self._texts, self._names):
            known.clear()
        self._counts, self._sizes = [0, 0], [0, 0]

    def document(self, sets: Sets) -> dict[str, Any]:
        """Names and values, and by path rows of line, item and pairs of their numbers."""
        found: dict[str, list[list[int]]] = {}
        for index, (passing, failing) in sorted(self._kept.items()):
            path, line = self._places[index]
            for item, row in [*failing, *passing] if failing else ():
                found.setdefault(path, []).append([line, sets.number([item]), *row])
        told = bool(found)
        return {
            "names": list(self._names) if told else [],
            "texts": list(self._texts) if told else [],
            "states": found,
        }

    def _full(self, fails: bool) -> bool:
        return self._counts[fails] >= MOST or self._sizes[fails] >= MOST_TEXT

    def _row(self, variables: Mapping[str, Any], fails: bool) -> list[int]:
        encoder, row = Encoder(), []
        for name, value in list(variables.items())[:NAMES]:
            if not name.startswith("_whetstone"):
                text = encoder.text(value)
                if text not in self._texts:
                    self._sizes[fails] += len(text)
                row.append(self._names.setdefault(name, len(self._names)))
                row.append(self._texts.setdefault(text, len(self._texts)))
        return row
