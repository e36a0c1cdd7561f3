"""Reads a model's YAML: found by name or path, free of keys, and true to its contract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from researchers.language_model.models.settings import (
    ENVIRONMENT_NAME,
    AnyModel,
    ModelSettings,
)
from tasks.errors import ResearcherError

SHIPPED = Path(__file__).resolve().parents[3] / "configs" / "models"
_ADAPTER: TypeAdapter[AnyModel] = TypeAdapter(ModelSettings)
_KEY_LIKE = re.compile(
    r"(?:\b(?:sk|pk|rk|gsk|ghp|hf|xai|glpat)[-_][A-Za-z0-9_\-]{12,}|\bAIza[\w\-]{20,}|\bAKIA\w{12,}"
    r"|\beyJ[\w\-]{20,}|(?i:bearer)\s+\S{8,}|://[^/\s:@]+:[^/\s@]+@"
    r"|\b(?=\w*[0-9])(?=\w*[A-Za-z])[A-Za-z0-9]{32,}\b)"
)
_SECRET_NAME = re.compile(r"(?i)(api_?key|secret|password|passwd|credential|authorization)")


@dataclass(frozen=True)
class NamedModel:
    """A model's settings, the name they were asked for by, and the folder of their file."""

    name: str
    settings: AnyModel
    folder: Path


def shipped_models() -> tuple[str, ...]:
    """The names of the shipped examples."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


def load_model(name: str) -> NamedModel:
    """The model of this name, or of this file. Raises ResearcherError."""
    given = Path(name).expanduser()
    path = given if given.is_file() else SHIPPED / f"{name}.yaml"
    if not path.is_file():
        raise ResearcherError(
            f"there is no model '{name}': neither a file here nor in configs/models",
            f"name a YAML file or one of: {', '.join(shipped_models())} (docs/researchers.md)",
        )
    settings = parse_model(path.read_text(encoding="utf-8"), path)
    return NamedModel(str(given.resolve()) if given.is_file() else name, settings, path.parent)


def parse_model(text: str, path: Path) -> AnyModel:
    """The settings in a file's text. Raises ResearcherError, which shows no value of a key."""
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark is not None else ""
        raise ResearcherError(
            f"{path}{where} is not YAML: {getattr(error, 'problem', 'it cannot be read')}",
            "mend the syntax; configs/models/ has examples",
        ) from None
    if not isinstance(document, dict):
        raise ResearcherError(
            f"{path} holds no keys, found {type(document).__name__}",
            "write `kind:` and what it needs; configs/models/ has examples",
        )
    for key, why in _key_like(document, ""):
        raise ResearcherError(
            f"{path}, {key}: {why}; its value is not shown",
            "take it out of the file and withdraw the key if others could read it; "
            "set it in the environment or a .env, and name the variable: `key: OPENAI_API_KEY`",
        )
    try:
        return _ADAPTER.validate_python(document)
    except ValidationError as error:
        raise ResearcherError(_explained(error, path), _cure(error)) from None


def _key_like(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Places that hold a key, or look like it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            here = f"{place}.{name}".strip(".")
            if name == "key" and not re.fullmatch(ENVIRONMENT_NAME, str(inner or "NONE")):
                yield here, "a key is named, never written: this is no name of a variable"
            elif _SECRET_NAME.search(str(name)):
                yield here, "keys do not belong in a file of settings"
            yield from _key_like(inner, here)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _key_like(inner, f"{place}[{number}]")
    elif isinstance(value, str) and _KEY_LIKE.search(value):
        yield place, "this looks like a key"


def _explained(error: ValidationError, path: Path) -> str:
    lines = [f"{path} breaks the contract of a model in {error.error_count()} place(s):"]
    for problem in error.errors(include_url=False):
        key = ".".join(str(part) for part in problem["loc"][1:]) or "kind"
        shown = "" if problem["type"] == "missing" else f", found {problem['input']!r}"[:100]
        lines.append(f"  {key}: {problem['msg']}{shown}")
    return "\n".join(lines)


def _cure(error: ValidationError) -> str:
    kinds = {problem["type"] for problem in error.errors()}
    hints = [
        hint
        for kind, hint in (
            ("missing", "add the missing keys"),
            ("extra_forbidden", "remove or rename the unknown keys"),
            ("union_tag_not_found", "say which `kind`: hosted, endpoint, mailbox or replay"),
        )
        if kind in kinds
    ]
    return "; ".join([*hints, "docs/researchers.md describes every key, configs/models/ shows it"])
