"""Replay: answers of a recording, offline and always the same; what it has not, it refuses."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dspy._vendor.lm15.serde import response_from_dict

from researchers.language_model.models.desk import Desk
from researchers.language_model.models.digest import rendered, request_digest, request_text, steady
from researchers.language_model.models.errors import ModelUnavailable
from researchers.language_model.models.recording import Recorded, read_recording
from researchers.language_model.step import Step, current_step


class Replayed:
    """A source that answers each request as it was answered before.

    What a step asked several times is answered in the recorded order, and with the last answer
    from then on. Raises ModelUnavailable for a request that was not recorded.
    """

    def __init__(self, folder: Path, desk: Desk) -> None:
        self._folder, self._desk = folder, desk
        self._calls = read_recording(folder)
        self._asked: Counter[tuple[str, int, str]] = Counter()
        self._lock = threading.Lock()

    def complete(self, request: Any) -> Any:
        """See Source."""
        step = current_step()
        document = steady(rendered(request), self._desk.places)
        digest = request_digest(document)
        same = [call for call in self._calls if call.key == digest]
        if not same:
            raise self._missing(step, document)
        key = (step.stage, self._desk.round, digest)
        with self._lock:
            number = self._asked[key]
            self._asked[key] += 1
        own = [c for c in same if (c.stage, c.round) == (step.stage, self._desk.round)] or same
        by_number = {call.number: call for call in own}
        found = by_number.get(number) or by_number[max(by_number)]
        answer = dict(found.answer)
        answer["model"] = request.model
        return response_from_dict(answer)

    def _missing(self, step: Step, document: dict[str, Any]) -> ModelUnavailable:
        whose = f"{step.stage or 'a step'} ({step.purpose or 'no purpose given'})"
        asked = request_text(document)
        near = _nearest(step, asked, self._calls)
        if near is None:
            told = "the recording is empty"
        else:
            number, old, new = _first_difference(request_text(dict(near.request)), asked)
            told = (
                f"the nearest recorded request, of {near.stage or 'a step'}, first differs in line "
                f"{number}: recorded {old!r}, asked now {new!r}"
            )
        return ModelUnavailable(
            f"{whose} asks what the recording {self._folder} does not have; {told}",
            "replay with the target, seed and version that were recorded, or record anew with "
            "`record:` in the file of another model",
        )


def _nearest(step: Step, asked: str, calls: Sequence[Recorded]) -> Recorded | None:
    """The recorded request that shares most lines, of the same step where there is one."""
    pool = [c for c in calls if (c.stage, c.purpose) == (step.stage, step.purpose)]
    pool = pool or [c for c in calls if c.stage == step.stage] or list(calls)
    lines = Counter(asked.splitlines())

    def shared(call: Recorded) -> int:
        return sum((Counter(request_text(dict(call.request)).splitlines()) & lines).values())

    return max(pool, key=shared, default=None)


def _first_difference(old: str, new: str) -> tuple[int, str, str]:
    """Number from 1, recorded line, line asked now; shown around where they part."""
    before, after = old.splitlines(), new.splitlines()
    for number in range(max(len(before), len(after))):
        left = before[number] if number < len(before) else "(nothing)"
        right = after[number] if number < len(after) else "(nothing)"
        if left != right:
            return number + 1, *_around(left, right)
    return 0, "", ""


def _around(left: str, right: str, width: int = 120) -> tuple[str, str]:
    """Both lines from shortly before they part."""
    if max(len(left), len(right)) <= width:
        return left, right
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    start = max(0, start - 40)
    return left[start : start + width], right[start : start + width]
