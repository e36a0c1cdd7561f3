"""Small trees with their dossiers, and a lab that keeps what it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tasks.records.change import FileEdit
from tasks.records.dossier import Dossier
from tasks.records.evidence import CodeMap
from tasks.records.knowledge import ExperienceEntry, ExperienceHit
from tasks.records.lab import Answered
from tasks.records.reflection import PastTrial
from tests.researchers.program_analysis.conftest import Files, dossier_of, write

CODE = "def grade(points):\n    if points > 50:\n        return 'pass'\n    return 'fail'\n"


Scorer = Callable[[tuple[FileEdit, ...], tuple[str, ...]], Mapping[str, Answered]]


@dataclass
class FakeLab:
    """Answers probes with one text, and remembers what was degraded and what was asked."""

    output: str = "it printed nothing"
    memories: tuple[ExperienceHit, ...] = ()
    scorer: Scorer = lambda edits, items: {}
    most: int = 4
    scored: list[tuple[FileEdit, ...]] = field(default_factory=list)
    probed: list[str] = field(default_factory=list)
    degraded: list[tuple[str, str]] = field(default_factory=list)

    def probe(self, code: str) -> str:
        self.probed.append(code)
        return self.output

    def score(
        self, edits: tuple[FileEdit, ...], items: tuple[str, ...]
    ) -> Mapping[str, Answered] | None:
        self.scored.append(edits)
        return self.scorer(edits, items) if len(self.scored) <= self.most else None

    def recall(self, idea: str, count: int) -> tuple[ExperienceHit, ...]:
        return self.memories[:count]

    def degrade(self, what: str, effect: str) -> None:
        self.degraded.append((what, effect))


def tree(folder: Path, files: Files | None = None, **fields: Any) -> Dossier:
    """The dossier of a tree with these files; `tests/**` is protected."""
    root = write(folder / "target", files or {"grades.py": CODE, "tests/test_it.py": "x = 1\n"})
    known: dict[str, Any] = {
        "editable": ("**",),
        "protected": ("tests/**",),
        "lab": FakeLab(),
        "code_map": CodeMap(modules=("grades.py",), functions=()),
    }
    return dossier_of(root, **(known | fields))


def past(name: str, **fields: Any) -> PastTrial:
    known: dict[str, Any] = {
        "id": name, "title": name, "rationale": f"why {name}", "change_type": "bug_fix",
        "researcher": "language_model", "round": 1, "verdict": "rejected", "reason": "worse",
    }  # fmt: skip
    return PastTrial(**(known | fields))


def memory(title: str, lesson: str) -> ExperienceHit:
    entry = ExperienceEntry(
        id=title, run="r0", target="other", tree="t0", title=title, idea=title,
        change_type="bug_fix", source="model:draft", researcher="language_model",
        verdict="rejected", reason="worse", delta=-0.1, edit_digest=title, lesson=lesson,
    )  # fmt: skip
    return ExperienceHit(entry=entry, similarity=0.9)
