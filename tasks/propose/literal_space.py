"""The literal space: every setting that editable code and settings files have, declared or not."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from tasks.hyperparameters import Choice, Hyperparameter, Scalar
from tasks.propose.enumerated import Texts, choices, compared
from tasks.propose.literals import Literal, literals, set_literals
from tasks.propose.ranges import around
from tasks.propose.settings_file import apply_settings, by_file, name_of, read_settings
from tasks.records.change import FileEdit

_SETTINGS = {".yaml", ".yml", ".json"}
_MOST_KEYS = 200
"""A settings file with more values than this is data."""


@dataclass(frozen=True)
class LiteralSpace:
    """Knobs of a tree with the values that they have there, and the way from values to edits."""

    root: Path
    knobs: tuple[Hyperparameter, ...]
    values: Mapping[str, Scalar]
    _literals: Mapping[str, tuple[Literal, ...]]

    def edits(self, values: Mapping[str, Scalar]) -> tuple[FileEdit, ...]:
        """The files that these values change."""
        changed = {name: v for name, v in values.items() if self.values.get(name) != v}
        return tuple(self._edit(file, own) for file, own in by_file(changed).items())

    def _edit(self, file: str, values: Mapping[str, Scalar]) -> FileEdit:
        text = (self.root / file).read_text("utf-8")
        if file in self._literals:
            return FileEdit(path=file, content=set_literals(text, self._literals[file], values))
        return FileEdit(path=file, content=apply_settings(text, file, values))


def lift(root: Path, paths: Sequence[str], declared: Sequence[Hyperparameter] = ()) -> LiteralSpace:
    """The space of a tree: `paths` are the files in it that may be edited, relative to `root`.

    Declared knobs keep their ranges. Beside them: the literals of Python files, and the numbers,
    truth values and enumerated texts of settings files (YAML and JSON).
    """
    sources = {path: _read(root / path) for path in sorted(paths)}
    texts = compared(_parsed(sources))
    found = {
        path: literals(text, path, texts)
        for path, text in sources.items()
        if PurePosixPath(path).suffix == ".py"
    }
    knobs = {name_of(knob): knob for knob in declared}
    values: dict[str, Scalar] = dict(read_settings(root, declared)) if declared else {}
    for literal in (literal for own in found.values() for literal in own):
        knobs[name_of(literal.knob)] = literal.knob
        values[name_of(literal.knob)] = literal.value
    for knob, value in _of_settings(sources, texts):
        if name_of(knob) not in knobs:
            knobs[name_of(knob)] = knob
            values[name_of(knob)] = value
    return LiteralSpace(root, tuple(knobs.values()), values, found)


def _read(path: Path) -> str:
    if path.suffix != ".py" and path.suffix not in _SETTINGS:
        return ""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _parsed(sources: Mapping[str, str]) -> Iterator[ast.Module]:
    for path, text in sources.items():
        if PurePosixPath(path).suffix == ".py":
            with suppress(SyntaxError, ValueError):
                yield ast.parse(text)


def _of_settings(
    sources: Mapping[str, str], texts: Texts
) -> Iterator[tuple[Hyperparameter, Scalar]]:
    for path, text in sources.items():
        suffix = PurePosixPath(path).suffix
        if suffix not in _SETTINGS or not text:
            continue
        try:
            document = json.loads(text) if suffix == ".json" else yaml.safe_load(text)
        except (ValueError, yaml.YAMLError):
            continue
        values = list(_scalars(document, ()))
        if len(values) <= _MOST_KEYS:
            yield from _knobs(path, values, texts)


def _knobs(
    path: str, values: Sequence[tuple[tuple[str, ...], Scalar]], texts: Texts
) -> Iterator[tuple[Hyperparameter, Scalar]]:
    for keys, value in values:
        key = ".".join(keys)
        if isinstance(value, str):
            may_be = choices(texts, keys[-1], value)
            if may_be:
                yield Choice(type="choice", file=path, key=key, values=may_be), value
        elif value >= 0 and "seed" not in keys[-1].lower():
            yield around(value, path, key), value


def _scalars(document: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """All plain values with the keys that lead to them, but those that a dotted key cannot name."""
    if isinstance(document, dict):
        for key, value in document.items():
            if isinstance(key, str) and "." not in key:
                yield from _scalars(value, (*keys, key))
    elif isinstance(document, list):
        for place, value in enumerate(document):
            yield from _scalars(value, (*keys, str(place)))
    elif keys and isinstance(document, bool | int | float | str):
        yield keys, document
