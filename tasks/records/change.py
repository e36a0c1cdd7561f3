"""Changes: what may be wrong, what could mend it, and the edits that would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from tasks.records.base import Record, digest_of
from tasks.records.evidence import Location

ChangeType = Literal["bug_fix", "architecture", "prompt", "hyperparameter"]
FineType = Literal[
    "bug_fix", "data_repair", "architecture", "prompt", "format_alignment", "hyperparameter"
]

ROLL_UP: dict[FineType, ChangeType] = {
    "bug_fix": "bug_fix",
    "data_repair": "bug_fix",
    "architecture": "architecture",
    "prompt": "prompt",
    "format_alignment": "prompt",
    "hyperparameter": "hyperparameter",
}
"""How the six types of the literature roll up to the four that the report credits."""


TUNER = "optuna:tpe"
"""The source of a proposal that Optuna made."""


class Finding(Record):
    """A suspicious place with its evidence.

    `kind` is the detector's own name (such as `unread_config_key`), `strength` lies in 0 to 1,
    `evidence` is a sentence that a person can check, `detail` what a repair operator needs.
    `slices` is where it shows, each as `dimension=value`: their items are evaluated first.
    """

    id: str
    kind: str
    location: Location
    strength: float
    evidence: str
    detail: Mapping[str, str] = Field(default_factory=dict)
    slices: tuple[str, ...] = ()


class Hypothesis(Record):
    """A cause, what mending it should do, and where it would show.

    `predicted_effect` is in metric units on the development split, a rough prior for ordering.
    `slices` are as those of a finding, `places` where a mend would be made, if that is known.
    """

    id: str
    statement: str
    change_type: FineType
    findings: tuple[str, ...] = ()
    predicted_effect: float = 0.0
    slices: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    places: tuple[Location, ...] = ()


class FileEdit(Record):
    """One file's new text; None deletes the file. Paths are relative, POSIX, inside the target."""

    path: str
    content: str | None


def edits_digest(edits: Sequence[FileEdit]) -> str:
    """SHA-256 of edits, in whatever order they come."""
    return digest_of([[e.path, e.content] for e in sorted(edits, key=lambda e: e.path)])


class Proposal(Record):
    """A multi-file change that a researcher would like tried.

    `edits` are made against tree `base` (a commit id of the pinned clone). `source` names the
    operator, recipe or module that wrote it, and `researcher` the mind. `priority` orders
    proposals within one researcher: larger first. `refines` is the id of the proposal it mends.
    `id` becomes the name of a git reference: letters, digits, `_` and `-`.
    """

    id: str = Field(pattern=r"^[A-Za-z0-9_-]+$")
    title: str
    rationale: str
    change_type: FineType
    base: str
    edits: tuple[FileEdit, ...]
    source: str
    researcher: str
    hypothesis: str = ""
    findings: tuple[str, ...] = ()
    priority: float = 0.0
    refines: str | None = None

    @property
    def rolled_up(self) -> ChangeType:
        """The type among the four that the report credits."""
        return ROLL_UP[self.change_type]

    @property
    def idea(self) -> str:
        """The text whose embedding the novelty screen compares."""
        return f"{self.title}. {self.rationale}"

    @property
    def edit_digest(self) -> str:
        """Of the edits: two proposals with one digest are one change."""
        return edits_digest(self.edits)
