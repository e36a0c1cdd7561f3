"""Whether a run goes on, ended well, failed or was stopped: one small file beside its stages."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from tasks.home import write_atomically
from tasks.records.base import Record


class Status(Record):
    """`stage` is the number of the stage in flight or at fault; `started` is ISO 8601, UTC.

    `contract` and the other settings let `--resume` go on without being told them again.
    """

    state: Literal["running", "completed", "failed", "stopped"]
    started: str
    stage: int = 0
    error: str = ""
    contract: str
    researcher: str
    seed: int
    experiments: int
    minutes: float
    automl: bool
    tracking: bool = True
    memory: bool = True
    sandbox: str


def read_status(folder: Path) -> Status:
    """The status of the run in this folder."""
    return Status.model_validate_json((folder / "status.json").read_text(encoding="utf-8"))


def write_status(folder: Path, status: Status) -> None:
    """Keeps the status."""
    write_atomically(folder / "status.json", status.model_dump_json(indent=1) + "\n")
