"""The classic small programs as substrates: `classic/programs/NAME/{NAME.py,tests/,unseen/}`."""

from __future__ import annotations

from pathlib import Path

from benchmarks.injection.substrates import ROOT, Substrate
from tasks.errors import DataError

PROGRAMS = ROOT / "benchmarks" / "classic" / "programs"


def classic_programs(folder: Path = PROGRAMS) -> list[Substrate]:
    """One substrate a program; most of a small program's tests may fail. Raises DataError."""
    found = sorted(p.parent for p in folder.glob("*/*.py") if p.stem == p.parent.name)
    if not found:
        raise DataError(f"no program NAME/NAME.py lies under {folder}", "write some, with tests/")
    return [_substrate(path) for path in found]


def _substrate(path: Path) -> Substrate:
    name = path.name
    parts = [f"{name}.py", "tests", "unseen"]
    return Substrate(
        name=f"classic-{name.replace('_', '-')}",
        kind="textbook algorithm",
        copy={part: part for part in parts if (path / part).exists()},
        modules=(f"{name}.py",),
        tests=("tests/test*.py",),
        unseen=("unseen/test*.py",),
        folder=path,
        least_passing=0.0,
    )
