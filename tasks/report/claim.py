"""The claim under test: each kind of code-level change earns more than all tuning together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tasks.records.change import ChangeType
from tasks.records.document import RunDocument
from tasks.records.score import Difference
from tasks.report.wording import TYPE_NAMES, difference

CODE_TYPES: tuple[ChangeType, ...] = ("bug_fix", "architecture", "prompt")
State = Literal["holds", "leans", "fails", "open"]


@dataclass(frozen=True)
class Claim:
    """What this run says about it, in a sentence, and each type's standing against tuning.

    `holds`: every type that earned anything lies above tuning, intervals apart. `leans`: above
    by the figures, but intervals touch. `fails`: some type, or all code, earned no more than
    tuning. `open`: one side was not measured.
    """

    state: State
    sentence: str
    details: tuple[str, ...] = ()


def claim(document: RunDocument) -> Claim:
    """Judged on the development split, where credit by type is measured."""
    tuning = _tuning(document)
    earned = {
        entry.change_type: entry.earned
        for entry in document.by_type
        if entry.change_type in CODE_TYPES and entry.earned is not None
    }
    if tuning is None:
        return Claim("open", "Not testable here: no tuning was measured beside the search.")
    if not document.accepted and tuning.interval.low > 0:
        return Claim(
            "fails",
            "The claim fails here: no change was accepted, while tuning alone earned "
            f"{difference(tuning)}.",
        )
    if document.gain is not None and tuning.delta >= document.gain.delta and tuning.delta > 0:
        return Claim(
            "fails",
            "The claim fails here: tuning alone earned at least as much as the whole search, "
            f"{difference(tuning)} against {difference(document.gain)}.",
        )
    if not earned:
        return Claim("open", "Not testable here: no code-level change was accepted and credited.")
    details = tuple(_detail(kind, value, tuning) for kind, value in earned.items())
    behind = [TYPE_NAMES[k].lower() for k, v in earned.items() if v.delta <= tuning.delta]
    if behind:
        return Claim(
            "fails",
            f"The claim fails here for {_listed(behind)}: tuning alone earned at least as much, "
            f"{difference(tuning)}.",
            details,
        )
    names = _listed([TYPE_NAMES[kind].lower() for kind in earned])
    if all(value.interval.low > tuning.interval.high for value in earned.values()):
        sentence = f"The claim holds here for {names}: more than all tuning, intervals apart."
        return Claim("holds", sentence, details)
    return Claim(
        "leans",
        f"Undecided: {names} earned more than all tuning by the figures, but intervals overlap.",
        details,
    )


def _tuning(document: RunDocument) -> Difference | None:
    """All tuning: Optuna's own arm; without one, what tuning earned inside the search."""
    if document.automl is not None:
        return document.automl.gain
    inside = (e.earned for e in document.by_type if e.change_type == "hyperparameter")
    return next(inside, None)


def _detail(kind: ChangeType, value: Difference, tuning: Difference) -> str:
    if value.interval.low > tuning.interval.high:
        standing = "above all tuning"
    elif value.interval.high < tuning.interval.low:
        standing = "below all tuning"
    else:
        standing = "not separable from all tuning"
    return f"{TYPE_NAMES[kind]}: {difference(value)}, {standing}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
