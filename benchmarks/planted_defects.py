"""The defects planted in the naive memory system, and its tree with some of them mended."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = Path(__file__).with_name("planted") / "naive.yaml"
_LEFT_BEHIND = shutil.ignore_patterns("__pycache__", ".*_cache")


@dataclass(frozen=True)
class Edit:
    """Replaces `old`, which `file` holds exactly once, by `new`."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Defect:
    """A planted defect and the edits that mend it; `kind` names it as the literature does."""

    id: str
    title: str
    kind: str
    change_type: str
    fine_type: str
    edits: tuple[Edit, ...]


def load_defects(path: Path = MANIFEST) -> tuple[Defect, ...]:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Defect(**{**entry, "edits": tuple(Edit(**edit) for edit in entry["edits"])})
        for entry in document["defects"]
    )


def copy_tree(folder: Path, fixes: Collection[Defect] = ()) -> Path:
    """A copy of the target with these defects mended.

    Raises ValueError where the text that an edit replaces is not found exactly once.
    """
    tree = shutil.copytree(ROOT / "memory_systems" / "naive", folder, ignore=_LEFT_BEHIND)
    for defect in fixes:
        for edit in defect.edits:
            text = (tree / edit.file).read_text(encoding="utf-8")
            if text.count(edit.old) != 1:
                raise ValueError(f"{defect.id}: {edit.file} holds {edit.old!r} not exactly once")
            (tree / edit.file).write_text(text.replace(edit.old, edit.new), encoding="utf-8")
    return tree
