"""Settings files: reads declared knobs from YAML or JSON and sets them with comments kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from tasks.errors import ContractError
from tasks.hyperparameters import Hyperparameter, Scalar

if TYPE_CHECKING:
    from ruamel.yaml import YAML

_ONE_LINE = 4096


def name_of(knob: Hyperparameter) -> str:
    """`file:key`, the name under which a knob is kept everywhere."""
    return f"{knob.file}:{knob.key}"


def by_file(values: Mapping[str, Scalar]) -> dict[str, dict[str, Scalar]]:
    """Values under such names as each file's own, by its keys; files in the order of names."""
    made: dict[str, dict[str, Scalar]] = {}
    for name, value in values.items():
        file, _, key = name.partition(":")
        made.setdefault(file, {})[key] = value
    return dict(sorted(made.items()))


def read_settings(root: Path, hyperparameters: Sequence[Hyperparameter]) -> dict[str, Scalar]:
    """The values that a tree has now, by `file:key`.

    Raises ContractError that names file and key when a file is missing or is neither YAML nor
    JSON, or when a key is missing or holds no scalar. Whether the value lies in the declared range
    is not asked: a candidate may have moved it for a reason.
    """
    documents: dict[str, Any] = {}
    values = {}
    for knob in hyperparameters:
        if knob.file not in documents:
            documents[knob.file] = _load_file(root, knob.file)
        holder, last = _holder(documents[knob.file], knob.file, knob.key)
        values[name_of(knob)] = _scalar(holder[last], knob.file, knob.key)
    return values


def apply_settings(text: str, file: str, values: Mapping[str, Scalar]) -> str:
    """The text of a settings file with these dotted keys set.

    YAML keeps comments, order and quotes; JSON keeps its indentation. `file` decides by its suffix
    (.json, else YAML) and is named in errors. A text that already holds the values comes back
    byte for byte. Raises ContractError for a text that cannot be read or a key that is not there.
    """
    document = _parse(text, file)
    changed = False
    for key, value in values.items():
        holder, last = _holder(document, file, key)
        old = _scalar(holder[last], file, key)
        if old != value or type(old) is not type(value):
            holder[last] = value
            changed = True
    return _dump(document, text, file) if changed else text


def _load_file(root: Path, file: str) -> Any:
    path = root / file
    if not path.is_file():
        raise ContractError(
            f"hyperparameters: {file} is not a file of the target",
            "mend 'file' in the contract; it is relative to the target's root",
        )
    try:
        return _parse(path.read_text(encoding="utf-8"), file)
    except UnicodeDecodeError as error:
        raise ContractError(
            f"hyperparameters: {file} is not UTF-8 text: {error}", "save the file as UTF-8"
        ) from error


def _parse(text: str, file: str) -> Any:
    from ruamel.yaml.error import YAMLError

    try:
        return json.loads(text) if _is_json(file) else _yaml(text).load(text)
    except (json.JSONDecodeError, YAMLError) as error:
        kind = "JSON" if _is_json(file) else "YAML"
        raise ContractError(
            f"hyperparameters: {file} is not {kind}: {error}", "mend the syntax there"
        ) from error


def _holder(document: Any, file: str, key: str) -> tuple[Any, Any]:
    """The mapping or list that holds the last part of a dotted key, and that part."""
    holder, parts = document, key.split(".")
    for depth, part in enumerate(parts):
        last: Any = part
        if isinstance(holder, list) and part.isdigit() and int(part) < len(holder):
            last = int(part)
        elif not isinstance(holder, dict) or part not in holder:
            raise ContractError(
                f"hyperparameters: {file} has no key {'.'.join(parts[: depth + 1])}"
                + (f" (wanted: {key})" if depth + 1 < len(parts) else ""),
                f"mend 'key' in the contract, or add it to {file}; dots separate levels",
            )
        if depth + 1 < len(parts):
            holder = holder[last]
    return holder, last


def _scalar(value: Any, file: str, key: str) -> Scalar:
    for kind in (bool, int, float, str):  # plain ones: the YAML reader has kinds of its own
        if isinstance(value, kind):
            return kind(value)
    raise ContractError(
        f"hyperparameters: {file} holds {type(value).__name__} at {key}, not a number, a text, "
        "true or false",
        "declare one of the keys below it, or give it a value",
    )


def _dump(document: Any, text: str, file: str) -> str:
    if _is_json(file):
        end = "\n" if text.endswith("\n") else ""
        return json.dumps(document, indent=_json_indent(text), ensure_ascii=False) + end
    stream = StringIO()
    _yaml(text).dump(document, stream)
    return stream.getvalue()


def _yaml(text: str) -> YAML:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _ONE_LINE
    yaml.explicit_start = text.startswith("---")
    lines = [line for line in text.splitlines() if line.strip() and line.lstrip()[0] != "#"]
    indents = [len(line) - len(line.lstrip()) for line in lines]
    step = next((depth for depth in indents if depth), 2)
    dashed = [
        depth - indents[row]
        for row, (line, depth) in enumerate(zip(lines[1:], indents[1:], strict=True))
        if line.lstrip().startswith("- ") and lines[row].rstrip().endswith(":")
    ]
    offset = dashed[0] if dashed else 0
    yaml.indent(mapping=step, sequence=offset + 2, offset=offset)
    return yaml


def _json_indent(text: str) -> int | None:
    lines = text.splitlines()
    if len(lines) < 2:
        return None
    return next((n for n in (len(x) - len(x.lstrip()) for x in lines[1:]) if n), None)


def _is_json(file: str) -> bool:
    return PurePosixPath(file).suffix == ".json"
