"""Recordings: requests with their answers, one a line, found again by the request's digest."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dspy._vendor.lm15.serde import response_to_dict
from pydantic import ValidationError

from researchers.language_model.models.desk import Desk
from researchers.language_model.models.settings import CALLS
from researchers.language_model.step import Step
from tasks.errors import ResearcherError
from tasks.files import write_atomically
from tasks.records.base import Record

OWNER = "recording.json"


class Recorded(Record):
    """One answer to the request with digest `key`.

    `number` counts how often its step asked the same before, from 0.
    """

    key: str
    stage: str
    purpose: str
    round: int
    number: int
    request: Mapping[str, Any]
    answer: Mapping[str, Any]


class Recorder:
    """Writes a recording into a folder, which belongs to one run. Safe across threads.

    A stage that is begun again after a restart records anew; the later answer then counts.
    """

    def __init__(self, folder: Path, desk: Desk) -> None:
        self._folder, self._desk = folder, desk
        self._asked: Counter[tuple[str, int, str]] = Counter()
        self._lock = threading.Lock()
        self._claim()

    def keep(self, step: Step, document: dict[str, Any], digest: str, response: Any) -> None:
        """See Keeper."""
        answer = response_to_dict(response)
        answer.pop("id", None)
        key = (step.stage, self._desk.round, digest)
        with self._lock:
            record = Recorded(
                key=digest,
                stage=step.stage,
                purpose=step.purpose,
                round=self._desk.round,
                number=self._asked[key],
                request=document,
                answer=answer,
            )
            self._asked[key] += 1
            with (self._folder / CALLS).open("a", encoding="utf-8") as handle:
                handle.write(record.model_dump_json() + "\n")

    def _claim(self) -> None:
        owner, run = self._folder / OWNER, self._desk.folder.name
        self._folder.mkdir(parents=True, exist_ok=True)
        if owner.is_file():
            other = json.loads(owner.read_text(encoding="utf-8")).get("run")
            if other != run:
                raise ResearcherError(
                    f"{self._folder} already holds the recording of run {other}",
                    "name another folder under `record`, or remove that one",
                )
        elif (self._folder / CALLS).exists():
            raise ResearcherError(
                f"{self._folder} holds a recording that says not of which run",
                "name another folder under `record`",
            )
        write_atomically(owner, json.dumps({"run": run}) + "\n")


def read_recording(folder: Path) -> tuple[Recorded, ...]:
    """The calls of a recording in order; a line that a kill cut short is passed over.

    Raises ResearcherError where there is none, or where it is damaged.
    """
    path = folder / CALLS
    if not path.is_file():
        raise ResearcherError(
            f"there is no recording in {folder}: it has no {CALLS}",
            "name a folder that `record:` of some model wrote",
        )
    records = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(True), 1):
        if not line.endswith("\n"):
            continue
        try:
            records.append(Recorded.model_validate_json(line))
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            raise ResearcherError(
                f"{path}, line {number}: {'.'.join(map(str, problem['loc']))} {problem['msg']}",
                "take the recording from where it came from again",
            ) from None
    return tuple(records)
