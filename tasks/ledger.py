"""The ledger of one run: what each stage produced, what was spent, what went less than well."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ValidationError

from tasks.errors import StageError
from tasks.files import write_atomically
from tasks.records.base import Record, digest_of

R = TypeVar("R", bound=Record)
Purpose = Literal["baseline", "trial", "merge", "credit", "automl", "sealed", "probe"]


class StageMark(Record):
    """That a stage finished: when, how long it took, and the digest of its output.

    `cpu_seconds` is what Whetstone's own process used meanwhile: diagnosis, screening, statistics.
    """

    number: int
    name: str
    round: int
    seconds: float
    output: str
    inputs: dict[str, str]
    cpu_seconds: float = 0.0
    at: float = 0.0


class Spending(Record):
    """One evaluation that was asked for; `share` is the part of the split that was run.

    `asked` is the part that was asked for, `asked_seconds` and `asked_cpu_seconds` are what its
    scores cost when they were made, whoever made them: what the cache gave has its price too.
    """

    purpose: Purpose
    tree: str
    split: str
    seed: int
    items: int
    share: float
    seconds: float
    cached: bool
    at: float
    cpu_seconds: float = 0.0
    asked: float = 0.0
    asked_seconds: float = 0.0
    asked_cpu_seconds: float = 0.0


class Work(Record):
    """One job in the sandbox, whatever for; `stage` is the one in flight, 0 beside the graph."""

    stage: int
    seconds: float
    cpu_seconds: float
    at: float


@dataclass
class Ledger:
    """Files under `runs/<id>/`: the resume point, and the source of the report.

    `stage-NN/round-RR.json` holds a record with its mark; both are written in one atomic step, so
    a kill loses at most the stage in flight. Lists that grow are JSON lines.
    """

    folder: Path
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def store(self, mark: StageMark, record: Record) -> None:
        """Keeps a stage's record."""
        document = {"mark": mark.model_dump(), "record": record.model_dump(mode="json")}
        write_atomically(
            self._stage_file(mark.number, mark.round), json.dumps(document, indent=1) + "\n"
        )

    def load(self, number: int, round_: int, schema: type[R]) -> tuple[StageMark, R] | None:
        """A stage's record, None when it has not finished. Raises StageError if it was altered."""
        path = self._stage_file(number, round_)
        if not path.is_file():
            return None
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            mark = StageMark.model_validate(document["mark"])
            record = schema.model_validate(document["record"])
        except (ValueError, KeyError, ValidationError) as error:
            raise StageError(
                f"{path} is not a record of kind {schema.__name__}: {error}",
                f"delete {path} and run again with --resume: the stage is then done anew",
            ) from error
        if digest_of(document["record"]) != mark.output:
            raise StageError(
                f"{path} was altered after stage {mark.name} wrote it",
                f"delete {path} and run again with --resume: the stage is then done anew",
            )
        return mark, record

    def rounds(self, number: int) -> tuple[int, ...]:
        """The rounds in which a stage finished."""
        folder = self._stage_file(number, 0).parent
        return tuple(
            sorted(int(p.stem.removeprefix("round-")) for p in folder.glob("round-*.json"))
        )

    def append(self, name: str, record: Record) -> None:
        """Adds one line to a growing list such as `spending` or `degradations`.

        A line that a kill cut short is taken away first: it would swallow the new one.
        """
        line = record.model_dump_json() + "\n"
        path = self.folder / f"{name}.jsonl"
        with self._lock:
            _drop_cut_line(path)
            with path.open("a", encoding="utf-8") as handle:
                handle.write(line)

    def read(self, name: str, schema: type[R]) -> Iterator[R]:
        """All whole lines of a growing list; a line cut by a kill is passed over."""
        path = self.folder / f"{name}.jsonl"
        if not path.is_file():
            return
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.endswith("\n"):
                yield schema.model_validate_json(line)

    def _stage_file(self, number: int, round_: int) -> Path:
        return self.folder / f"stage-{number:02d}" / f"round-{round_:02d}.json"


def _drop_cut_line(path: Path) -> None:
    """Shortens a file of lines to its last whole one."""
    if not path.is_file():
        return
    with path.open("r+b") as handle:
        size = handle.seek(0, os.SEEK_END)
        if size == 0:
            return
        handle.seek(-1, os.SEEK_END)
        if handle.read(1) != b"\n":
            handle.seek(0)
            handle.truncate(handle.read().rfind(b"\n") + 1)


class Degradation(Record):
    """Something that went less than well and was stated rather than hidden."""

    what: str
    effect: str
    at: float

    @classmethod
    def now(cls, what: str, effect: str) -> Degradation:
        """A degradation that is noticed at this moment."""
        return cls(what=what, effect=effect, at=time.time())
