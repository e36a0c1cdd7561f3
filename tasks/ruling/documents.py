"""Evidence in files that are no code: settings (YAML, JSON, TOML), and texts such as prompts."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import yaml

from tasks.ruling.changed import Evidence, FileChange
from tasks.ruling.prose import is_prose, names_prose

SETTINGS: dict[str, Callable[[str], Any]] = {
    ".yaml": yaml.safe_load,
    ".yml": yaml.safe_load,
    ".json": json.loads,
    ".toml": tomllib.loads,
}
LINES = {".ini", ".cfg", ".conf", ".env", ".properties"}
"""Settings line by line, `key = value`."""

_ABSENT = object()


def is_settings(path: str) -> bool:
    """Whether a file holds settings by its suffix."""
    suffix = PurePosixPath(path).suffix.lower()
    return suffix in SETTINGS or suffix in LINES


def settings_evidence(change: FileChange) -> Iterator[Evidence]:
    """Leaves that changed: prose and what is named so is text, anything else a value."""
    before, after = _leaves(change.path, change.before), _leaves(change.path, change.after)
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key, _ABSENT), after.get(key, _ABSENT)
        if old == new and type(old) is type(new):
            continue
        texts = [value for value in (old, new) if isinstance(value, str)]
        if texts and (names_prose(key) or any(is_prose(text) for text in texts)):
            yield Evidence("text", f"the text of {key} in {change.path}")
        else:
            yield Evidence("value", f"{key} in {change.path}")


def text_evidence(change: FileChange) -> Iterator[Evidence]:
    """A text file that changed is text, whatever it says."""
    if (change.before or "").split() != (change.after or "").split():
        yield Evidence("text", f"the text of {change.path}")


def _leaves(path: str, text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    suffix = PurePosixPath(path).suffix.lower()
    try:
        if suffix in SETTINGS:
            return dict(_walk("", SETTINGS[suffix](text)))
    except (yaml.YAMLError, ValueError):
        pass  # read line by line below, as far as that goes
    pairs = (line.partition("=" if "=" in line else ":") for line in text.splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs if key.strip()}


def _walk(key: str, value: object) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _walk(f"{key}.{name}" if key else str(name), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(f"{key}[{index}]", inner)
    else:
        yield key or "the file", value
