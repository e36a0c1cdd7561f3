"""Whether a run goes on or how it ended: one small file beside its stages, and the home's lock."""

from __future__ import annotations

from pathlib import Path

from tasks.files import write_atomically
from tasks.home import Home
from tasks.records.base import Record
from tasks.records.document import RunKind, RunState

GONE = "the process that ran it is gone: it was killed, or the machine went down"


class Status(Record):
    """`stage` is the number of the stage in flight or at fault; `started` is ISO 8601, UTC.

    `interrupted` is never written: a killed process writes nothing. `status_now` finds it out.
    `contract` and the other settings let `--resume` go on without being told them again.
    """

    state: RunState
    started: str
    stage: int = 0
    error: str = ""
    contract: str
    researcher: str
    model: str = ""
    seed: int
    experiments: int
    minutes: float
    automl: bool
    tracking: bool = True
    memory: bool = True
    kind: RunKind = "improve"
    arms: str = "declared"
    sampler: str = "tpe"
    passes: float | None = None
    seconds: float | None = None
    sandbox: str


def read_status(folder: Path) -> Status:
    """The status of the run in this folder."""
    return Status.model_validate_json((folder / "status.json").read_text(encoding="utf-8"))


def status_now(home: Home, run: str) -> Status:
    """The status of a run, where one that says `running` while nothing holds the home is not."""
    status = read_status(home.run_folder(run))
    if status.state != "running" or home.holder() == purpose_of(run):
        return status
    return status.model_copy(update={"state": "interrupted", "error": GONE})


def purpose_of(run: str) -> str:
    """What a run holds its home for."""
    return f"run {run}"


def note_stage(folder: Path, number: int) -> None:
    """Keeps the number of the stage in flight; 0 between stages. A run without status has none."""
    if (folder / "status.json").is_file():
        write_status(folder, read_status(folder).model_copy(update={"stage": number}))


def write_status(folder: Path, status: Status) -> None:
    """Keeps the status."""
    write_atomically(folder / "status.json", status.model_dump_json(indent=1) + "\n")
