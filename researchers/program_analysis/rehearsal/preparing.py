"""What goes on around a test: set-ups and tear-downs of its module and class, as xunit has them.

What a test leaves in modules is there for the next one, so that all is torn down when it fails too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from researchers.program_analysis.rehearsal import attributes
from researchers.program_analysis.rehearsal.cases import TestCase
from researchers.program_analysis.rehearsal.limits import CONTROL
from researchers.program_analysis.rehearsal.made import PARAMETERS, is_function


@contextmanager
def prepared(space: Mapping[str, Any], holder: Any, function: Any) -> Iterator[None]:
    """Sets up what is around a test, and tears it down."""
    is_case = isinstance(holder, TestCase)
    _call(space.get("setup_module"), [None])
    _call(space.get("setUpModule"), [])
    if holder is None:
        _call(space.get("setup_function"), [function])
    else:
        _member(type(holder), "setUpClass" if is_case else "setup_class")
        _member(holder, "setUp" if is_case else "setup_method", function)
    with leaving(lambda: _tear_down(space, holder, function)):
        yield


@contextmanager
def leaving(leave: Callable[[], None]) -> Iterator[None]:
    """Leaves what was set up, however the test ends; one that fails ends as it failed."""
    try:
        yield
    except CONTROL:
        raise
    except BaseException:
        with suppress(Exception):
            leave()
        raise
    leave()


def _tear_down(space: Mapping[str, Any], holder: Any, function: Any) -> None:
    is_case = isinstance(holder, TestCase)
    if holder is None:
        _call(space.get("teardown_function"), [function])
    else:
        _member(holder, "tearDown" if is_case else "teardown_method", function)
        if isinstance(holder, TestCase):
            holder.doCleanups()
        _member(type(holder), "tearDownClass" if is_case else "teardown_class")
    _call(space.get("teardown_module"), [None])
    _call(space.get("tearDownModule"), [])


def _member(holder: Any, name: str, *given: Any) -> None:
    if hasattr(type(holder) if not isinstance(holder, type) else holder, name):
        method = attributes.read(holder, name)
        _call(method, list(given))


def _call(function: Any, given: list[Any]) -> None:
    """Calls a set-up, with what it has parameters for."""
    if function is None:
        return
    plain = getattr(function, "__func__", function)
    if is_function(plain):
        own = len(plain.__dict__[PARAMETERS]) - (plain is not function)
        given = given[:own]
    attributes.call(function, given if is_function(plain) else [], {})
