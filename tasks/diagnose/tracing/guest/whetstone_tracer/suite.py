"""A pytest plugin: runs the given tests only, and tells the tracer which one is running.

Loaded by name through PYTEST_PLUGINS, in xdist's workers as well. Tests are named as their JUnit
report names them. What runs during collection belongs to no test.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest

from .install import CURRENT, installed

FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that the report writes as `#x07`."""


@pytest.hookimpl(trylast=True)  # type: ignore[untyped-decorator, unused-ignore]
def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    """Leaves out tests that are no items: those of the sealed split are not run."""
    wanted = installed().wanted
    left_out = [item for item in items if name_of(item.nodeid) not in wanted]
    if left_out:
        items[:] = [item for item in items if name_of(item.nodeid) in wanted]
        config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(hookwrapper=True, tryfirst=True)  # type: ignore[untyped-decorator, unused-ignore]
def pytest_runtest_protocol(item: Any) -> Iterator[None]:
    """Everything from a test's first fixture to its last belongs to it."""
    recorder, name = installed().recorder, name_of(item.nodeid)
    recorder.begin(name)
    os.environ[CURRENT] = name
    yield
    os.environ.pop(CURRENT, None)
    recorder.begin(None)


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
