"""A case: a repository with a defect in it, its contract, and what only the judge may know."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import Field

from tasks.errors import DataError
from tasks.records.base import Record

HEALTHY = "healthy"
"""The folder beside the cases that holds every substrate's healthy tree, all tests included."""


class Fault(Record):
    """One injected defect; `before` and `after` are the whole lines that it changed."""

    kind: str
    source: str
    file: str
    line: int
    before: str
    after: str


class Case(Record):
    """One case. Test ids are those of the JUnit report, as the `pytest` metric names them.

    `half` is `development` for those that may be looked at while the researcher is built, and
    `reported` for those that are only counted. `folder` holds `repository/` (git, one commit),
    `target.yaml` (the contract) and `case.json` (this record). `seconds` of the processor are what
    one run of all its tests takes.
    """

    id: str
    substrate: str
    substrate_kind: str
    half: Literal["development", "reported"]
    faults: tuple[Fault, ...] = Field(min_length=1)
    test_files: tuple[str, ...]
    visible: tuple[str, ...]
    unseen: tuple[str, ...]
    failing_visible: tuple[str, ...] = Field(min_length=1)
    failing_unseen: tuple[str, ...]
    seconds: float
    folder: Path = Field(default=Path(), exclude=True)

    @property
    def kind(self) -> str:
        """The kinds of its defects, joined by `+`."""
        return "+".join(fault.kind for fault in self.faults)

    @property
    def contract(self) -> Path:
        """The target contract."""
        return self.folder / "target.yaml"

    @property
    def repository(self) -> Path:
        """The git repository, as a researcher gets it."""
        return self.folder / "repository"

    @property
    def healthy(self) -> Path:
        """The tree without the defect and with all tests."""
        return self.folder.parent / HEALTHY / self.substrate


def cases(folder: Path) -> tuple[Case, ...]:
    """All cases under a folder, by id. Raises DataError where there are none."""
    files = sorted(folder.glob("*/case.json"))
    if not files:
        raise DataError(
            f"no case lies under {folder}",
            f"build some: python -m benchmarks.injection.build --out {folder}",
        )
    return tuple(read_case(file.parent) for file in files)


def of_half(folder: Path, half: str, sample: int | None = None) -> tuple[Case, ...]:
    """The cases of one half, or so many of them, drawn by their names: more hold the fewer."""
    chosen = [case for case in cases(folder) if case.half == half]
    drawn = sorted(chosen, key=lambda case: sha256(case.id.encode()).digest())[:sample]
    return tuple(sorted(drawn, key=lambda case: case.id))


def read_case(folder: Path) -> Case:
    """The case in a folder of its own."""
    case = Case.model_validate_json((folder / "case.json").read_text(encoding="utf-8"))
    return case.model_copy(update={"folder": folder.resolve()})
