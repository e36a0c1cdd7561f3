"""Configuration files: which files are such, and their keys as dotted paths with values."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import yaml

SUFFIXES = frozenset({".yaml", ".yml", ".json", ".toml"})
NOT_SETTINGS = frozenset(
    {"pyproject.toml", "package.json", "package-lock.json", "poetry.lock", "uv.lock"}
    | {"mkdocs.yml", "docker-compose.yml", "docker-compose.yaml", "environment.yml"}
)
MOST_KEYS = 2_000
LONGEST_VALUE = 2_000
DEEPEST = 12


def is_config(path: str) -> bool:
    """Whether a file may hold settings of the target: YAML, JSON or TOML, no packaging file."""
    pure = PurePosixPath(path)
    return pure.suffix in SUFFIXES and pure.name not in NOT_SETTINGS


def read_keys(path: str, text: str) -> list[tuple[str, str]] | None:
    """Dotted keys with their values as JSON; None when the text does not parse.

    A file whose top is no mapping, or that has more keys than settings have, is data: no keys.
    """
    try:
        document = _load(path, text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    keys = list(_leaves(document, ())) if isinstance(document, dict) else []
    return keys if len(keys) <= MOST_KEYS else []


def _load(path: str, text: str) -> Any:
    suffix = PurePosixPath(path).suffix
    if suffix == ".json":
        return json.loads(text)
    return tomllib.loads(text) if suffix == ".toml" else yaml.safe_load(text)


def _leaves(node: dict[Any, Any], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        path = (*above, str(key))
        if isinstance(value, dict) and value and len(path) < DEEPEST:
            yield from _leaves(value, path)
        else:
            shown = json.dumps(value, ensure_ascii=False, default=str)
            yield ".".join(path), shown[:LONGEST_VALUE]
