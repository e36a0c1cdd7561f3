"""Configuration files of the target: scalar values with the place where each is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

SUFFIXES = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class Setting:
    """One scalar of a configuration file; `start` and `end` are characters of its value."""

    path: str
    key: str
    value: Any
    start: int
    end: int

    @property
    def leaf(self) -> str:
        """The last part of the dotted key."""
        return self.key.rsplit(".", 1)[-1]

    @property
    def section(self) -> str:
        """The dotted key without its last part."""
        return self.key.rpartition(".")[0]


def read_settings(root: Path, path: str) -> tuple[Setting, ...]:
    """The scalars of one file; none where it is not a mapping that can be read."""
    text = (root / path).read_text(encoding="utf-8", errors="replace")
    try:
        document = YAML(typ="rt").load(text)
    except YAMLError:
        return ()
    if not isinstance(document, CommentedMap):
        return ()
    return tuple(_scalars(document, path, "", text))


def _scalars(node: CommentedMap, path: str, prefix: str, text: str) -> Iterator[Setting]:
    lines = text.splitlines(keepends=True)
    for key, value in node.items():
        dotted = f"{prefix}{key}"
        if isinstance(value, CommentedMap):
            yield from _scalars(value, path, f"{dotted}.", text)
        elif isinstance(value, bool | int | float | str):
            line, column = node.lc.value(key)
            if line >= len(lines):
                continue
            written = re.match(_SCALAR, lines[line][column:])
            if written and written.group():
                start = sum(len(part) for part in lines[:line]) + column
                yield Setting(path, dotted, value, start, start + len(written.group()))


_QUOTED = r"""\"(?:[^"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'"""
_PLAIN = r"""[^\s#,}\]|>&*!][^\n#,}\]]*?(?=\s*(?:\#|$|\n|,|\}|\]))"""
_SCALAR = f"{_QUOTED}|{_PLAIN}"
