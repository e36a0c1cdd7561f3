"""The published knowledge as files: YAML lists of entries, checked one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tasks.errors import DataError
from tasks.records.knowledge import KnowledgeEntry

SHIPPED = Path(__file__).parents[2] / "configs" / "cognition"
"""The folder of the base that comes with the project."""

_SHAPE = (
    "write `entries:` as a list of {id, title, text, source, symptoms: [...], recipes: [...]};"
    f" the files in {SHIPPED} are examples"
)


def load_entries(folders: Iterable[Path] = (SHIPPED,)) -> tuple[KnowledgeEntry, ...]:
    """Every entry of every *.yaml in the folders, in order of folder, file name and position.

    Raises `DataError` naming file and entry: for a folder that is missing, YAML that does not
    parse, an entry that lacks a field, has an unknown or an empty one, or repeats an id.
    """
    seen: dict[str, Path] = {}
    entries: list[KnowledgeEntry] = []
    for folder in folders:
        if not folder.is_dir():
            raise DataError(f"the folder of knowledge {folder} is missing", "correct its path")
        for file in sorted(folder.glob("*.yaml")):
            for entry in _read(file):
                if entry.id in seen:
                    raise DataError(
                        f"{file}: entry {entry.id!r} is also in {seen[entry.id]}",
                        "give one of the two another id",
                    )
                seen[entry.id] = file
                entries.append(entry)
    return tuple(entries)


def _read(file: Path) -> Iterator[KnowledgeEntry]:
    try:
        document: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError(f"{file} is not YAML: {error}", "mend the line it names") from error
    if not isinstance(document, dict) or not isinstance(document.get("entries"), list):
        raise DataError(f"{file}: expected a mapping with the list `entries`", _SHAPE)
    for position, raw in enumerate(document["entries"], start=1):
        try:
            entry = KnowledgeEntry.model_validate(raw)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"]) or "entry"
            raise DataError(f"{file}: entry {position}: {key}: {first['msg']}", _SHAPE) from error
        for key in ("id", "title", "text", "source"):
            if not getattr(entry, key).strip():
                raise DataError(f"{file}: entry {position}: {key} is empty", _SHAPE)
        yield entry
