"""A pytest plugin that runs tests in the opposite order, and where it lies."""

from __future__ import annotations

from pathlib import Path

REVERSED = "whetstone_reversed"


def guest_folder() -> Path:
    """The folder to put on the path of the suite's interpreter."""
    return Path(__file__).parent / "plugin"
