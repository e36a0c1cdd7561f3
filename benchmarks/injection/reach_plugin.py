"""A pytest plugin: which source files each test file's tests call functions of.

It runs beside the tests of a substrate and therefore imports nothing of this project.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Generator
from types import FrameType
from typing import Any

import pytest

_CALLED: dict[str, set[str]] = {}


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, None, None]:
    """Notes the file of every function that is called while a test runs."""
    called = _CALLED.setdefault(os.path.relpath(item.path), set())

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            called.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)


def pytest_sessionfinish() -> None:
    """Writes what was noted, paths of this repository only."""
    here = os.getcwd()
    known = {
        test: sorted(os.path.relpath(name, here) for name in called if name.startswith(here))
        for test, called in _CALLED.items()
    }
    with open(os.environ["REACH_FILE"], "w", encoding="utf-8") as file:
        json.dump(known, file)
