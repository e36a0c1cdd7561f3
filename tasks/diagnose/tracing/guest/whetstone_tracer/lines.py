"""Lines: which statements ran during which item.

Instrumented statements set a mark in a list; where the interpreter has `sys.monitoring` (3.12), its
line events do, each once an item. The marks are taken down and reset whenever the item changes.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from itertools import compress
from types import CodeType
from typing import Any

MOST_STATEMENTS = 50_000
MOST_CELLS = 2_000_000
"""Statements by items that are kept; later items are left out beyond it."""
TOOLS = (3, 4)
"""Tool numbers of `sys.monitoring` that no well-known tool has reserved."""
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Lines:
    """Statements of all instrumented functions, and for each item those that ran."""

    def __init__(self) -> None:
        self.hits: list[int] = []
        self.places: list[tuple[str, int]] = []
        self.ran: dict[str, set[int]] = {}
        self.interleaved = False
        self._owner: str | None = None
        self._cells = 0
        self._monitor = _free_monitor()
        self._files: dict[str, dict[int, int]] = {}

    @property
    def probed(self) -> bool:
        """Whether statements have to set their marks themselves."""
        return self._monitor is None

    def add(self, path: str, statement: ast.stmt) -> int | None:
        """Registers a statement; the index of its mark, None beyond the bound."""
        if len(self.places) >= MOST_STATEMENTS:
            return None
        self.places.append((path, statement.lineno))
        self.hits.append(0)
        index = len(self.places) - 1
        if self._monitor is not None:
            lines = self._files.setdefault(path, {})
            for line in _own_lines(statement):
                lines.setdefault(line, index)
        return index

    def watch(self, code: CodeType, path: str) -> None:
        """Asks for line events of a module's functions, where there are such events."""
        if self._monitor is None:
            return
        self._monitor.start(self._mark)
        self._files[code.co_filename] = self._files.setdefault(path, {})
        for function in _functions(code):
            self._monitor.listen(function)

    def switch(self, item: str | None) -> None:
        """Another item is worked on from here, or none."""
        self._take_down()
        self._owner = item

    def during(self, item: str) -> None:
        """A call belongs to `item`: two items in turns cannot be told apart by statement."""
        if self._owner is not None and self._owner != item:
            self.interleaved = True

    def finish(self) -> dict[int, list[str]]:
        """The items of every statement that ran during one; none where items were interleaved."""
        self._take_down()
        found: dict[int, list[str]] = {}
        for item, indices in self.ran.items() if not self.interleaved else ():
            for index in indices:
                found.setdefault(index, []).append(item)
        return found

    def restart(self) -> None:
        """Forgets what ran, in a child process; the item at hand stays."""
        self.ran.clear()
        self._cells = 0
        self._reset()

    def _take_down(self) -> None:
        if self._owner is not None and self._cells < MOST_CELLS:
            known = self.ran.setdefault(self._owner, set())
            before = len(known)
            known.update(compress(range(len(self.hits)), self.hits))
            self._cells += len(known) - before
        self._reset()

    def _reset(self) -> None:
        count = len(self.hits)  # the list itself is never replaced: running code holds it
        self.hits[:count] = [0] * count
        if self._monitor is not None:
            self._monitor.restart()

    def _mark(self, code: CodeType, line: int) -> Any:
        index = self._files.get(code.co_filename, {}).get(line)
        if index is not None:
            self.hits[index] = 1
        return _DISABLE


class _Monitor:
    """The line events of `sys.monitoring`, for chosen code only."""

    def __init__(self, tool: int) -> None:
        self._events: Any = sys.monitoring  # type: ignore[attr-defined, unused-ignore]
        self._tool = tool
        self._started = False

    def start(self, callback: Any) -> None:
        if not self._started:
            line = self._events.events.LINE
            self._events.register_callback(self._tool, line, callback)
            self._started = True

    def listen(self, code: CodeType) -> None:
        self._events.set_local_events(self._tool, code, self._events.events.LINE)

    def restart(self) -> None:
        self._events.restart_events()


def _free_monitor() -> _Monitor | None:
    events: Any = getattr(sys, "monitoring", None)
    for tool in TOOLS if events is not None else ():
        if events.get_tool(tool) is None:
            events.use_tool_id(tool, "whetstone")
            return _Monitor(tool)
    return None


_DISABLE: Any = getattr(getattr(sys, "monitoring", None), "DISABLE", None)


def _own_lines(statement: ast.stmt) -> range:
    """The lines of a statement without those of the statements inside it."""
    first = min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", ()))])
    last = statement.end_lineno or statement.lineno
    if isinstance(statement, DEFINITIONS):
        return range(first, statement.lineno + 1)
    body = getattr(statement, "body", None)
    if isinstance(body, list) and body:
        last = max(statement.lineno, body[0].lineno - 1)
    elif isinstance(getattr(statement, "cases", None), list):
        last = statement.lineno
    return range(first, last + 1)


def _functions(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _functions(constant)
