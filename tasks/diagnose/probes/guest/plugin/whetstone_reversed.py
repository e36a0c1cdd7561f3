"""Runs the tests of each module in the opposite order; loaded by name through PYTEST_ADDOPTS."""

from __future__ import annotations

from typing import Any


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Turns the whole list around."""
    items.reverse()
