"""A pytest plugin for the target's own interpreter: which tests run, in which order, for how long.

Loaded by name through PYTEST_PLUGINS. The plan is a JSON file named by WHETSTONE_SUITE_PLAN:
`wanted` names the tests to run as the JUnit report names them (null: all), `first` those of them
that come before the others; otherwise the order is pytest's. `seconds` is what one test may use of
the processor. `failing` names the tests that the reference fails and `passing` those that it
passes; both are empty where the run is to go to its end.

The report gets how each test failed: a property `whetstone_symptom` such as `IndexError` or, where
code of the target raised it, `IndexError at pack/path.py:12`. It never holds a message or a value.
"""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that the report writes as `#x07`."""
LEAST_SECONDS = 1.0
SLOWER = 10.0
"""How many times the slowest passing test a test may take after another one hung."""
MOST_HANGS = 2
"""Tests that may use up their time before a run that has mended nothing is given up."""


class Timeout(pytest.fail.Exception):  # type: ignore[name-defined, misc, unused-ignore]
    """Fails the test that used up its time; no `except Exception` of the target catches it."""


class Suite:
    """Selects, orders, times and, where nothing is to be hoped for any more, stops."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self._wanted = None if plan["wanted"] is None else set(plan["wanted"])
        self._first = set(plan["first"])
        self._seconds: float = plan["seconds"]
        self._failing, self._passing = set(plan["failing"]), set(plan["passing"])
        self._racing = bool(self._failing or self._passing)
        self._waiting = set(self._failing)
        self._bad: set[str] = set()
        self._mended = self._hangs = 0
        self._slowest = 0.0
        self._session: Any = None
        self._root = Path.cwd()

    @pytest.hookimpl(trylast=True)  # type: ignore[untyped-decorator, unused-ignore]
    def pytest_collection_modifyitems(self, session: Any, config: Any, items: list[Any]) -> None:
        self._session = session
        if self._wanted is None:
            return
        left_out = [item for item in items if name_of(item.nodeid) not in self._wanted]
        chosen = [item for item in items if name_of(item.nodeid) in self._wanted]
        items[:] = sorted(chosen, key=lambda item: name_of(item.nodeid) not in self._first)
        if left_out:
            config.hook.pytest_deselected(items=left_out)

    @pytest.hookimpl(hookwrapper=True)  # type: ignore[untyped-decorator, unused-ignore]
    def pytest_runtest_setup(self) -> Iterator[None]:
        yield from self._timed()

    @pytest.hookimpl(hookwrapper=True)  # type: ignore[untyped-decorator, unused-ignore]
    def pytest_runtest_call(self) -> Iterator[None]:
        yield from self._timed()

    @pytest.hookimpl(hookwrapper=True)  # type: ignore[untyped-decorator, unused-ignore]
    def pytest_runtest_teardown(self) -> Iterator[None]:
        yield from self._timed()

    @pytest.hookimpl(hookwrapper=True)  # type: ignore[untyped-decorator, unused-ignore]
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Iterator[None]:
        if call.excinfo is not None:
            symptom = call.excinfo.typename + self._raised(item, call.excinfo.tb)
            item.user_properties.append(("whetstone_symptom", symptom))
        yield

    def _raised(self, item: Any, trace: TracebackType | None) -> str:
        """The innermost line of the tree outside of the test's own file, as ` at path:line`."""
        place = ""
        while trace is not None:
            path = Path(trace.tb_frame.f_code.co_filename)
            inside = path.is_relative_to(self._root) and "site-packages" not in path.parts
            if inside and path != Path(item.path):
                place = f" at {path.relative_to(self._root).as_posix()}:{trace.tb_lineno}"
            trace = trace.tb_next
        return place

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.passed:
            self._slowest = max(self._slowest, report.duration)
        else:
            self._bad.add(report.nodeid)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        if not self._racing or self._session is None:
            return
        name, passed = name_of(nodeid), nodeid not in self._bad
        self._waiting.discard(name)
        self._mended += passed and name in self._failing
        broken = not passed and name in self._passing
        hopeless = not self._waiting or self._hangs >= MOST_HANGS
        if broken or (self._failing and not self._mended and hopeless):
            self._session.shouldstop = "the comparison is decided"

    def _timed(self) -> Iterator[None]:
        # The processor's time, so that a busy machine fails no test. It fires again and again, for
        # code that swallows the first one.
        signal.signal(signal.SIGPROF, self._expired)
        signal.setitimer(signal.ITIMER_PROF, self._seconds, self._seconds)
        yield
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _expired(self, number: int, frame: object) -> None:
        self._hangs += 1
        used = self._seconds
        # Where one test hangs others do: they get no more than the tests that pass let expect.
        self._seconds = min(used, max(LEAST_SECONDS, SLOWER * self._slowest))
        raise Timeout(f"the test used more than {used:g} s", pytrace=False)


def pytest_configure(config: Any) -> None:
    """Registers the suite once, in the main process and in workers alike."""
    with open(os.environ["WHETSTONE_SUITE_PLAN"], encoding="utf-8") as handle:
        config.pluginmanager.register(Suite(json.load(handle)), "whetstone_suite_plan")


def name_of(nodeid: str) -> str:
    """`tests/test_a.py::TestX::test_y[1]` as `tests.test_a.TestX::test_y[1]`."""
    address, bracket, parameters = nodeid.partition("[")
    path, *names = address.split("::")
    parts = [re.sub(r"\.py$", "", path.replace("/", ".")), *names]
    parts[-1] += bracket + parameters
    return f"{'.'.join(parts[:-1])}::{FORBIDDEN.sub(_escaped, parts[-1])}"


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"#x{code:02X}" if code <= 0xFF else f"#x{code:04X}"
