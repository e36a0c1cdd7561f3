"""Small programs from textbooks, each with tests that a search sees and tests that it does not.

`programs/NAME/` holds the program `NAME.py`, its visible tests under `tests/`, and under `unseen/`
the tests that only judge what a search has made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PROGRAMS = Path(__file__).with_name("programs")


@dataclass(frozen=True)
class Program:
    """One program: its folder, its module, and its visible and unseen test files."""

    name: str
    folder: Path
    module: Path
    tests: Path
    unseen: Path


def programs() -> tuple[Program, ...]:
    """All programs by name."""
    return tuple(
        _program(folder)
        for folder in sorted(_PROGRAMS.iterdir())
        if (folder / f"{folder.name}.py").is_file()
    )


def _program(folder: Path) -> Program:
    name = folder.name
    return Program(
        name=name,
        folder=folder,
        module=folder / f"{name}.py",
        tests=folder / "tests" / f"test_{name}.py",
        unseen=folder / "unseen" / f"test_unseen_{name}.py",
    )
