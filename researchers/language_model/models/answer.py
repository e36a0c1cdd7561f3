"""Reads an answer strictly: one JSON object with the fields asked for, and nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

MOST_PROBLEMS = 8
_FENCE = re.compile(r"^```(?:json|JSON)?[ \t]*\n(.*?)\n?```[ \t]*$", re.DOTALL | re.MULTILINE)


def read_answer(text: str, fields: Mapping[str, tuple[Any, str]]) -> dict[str, Any]:
    """The fields' values, each of its type.

    The object may stand in a ```json fence or between words. Raises ValueError, which lists what
    is wrong, so that whoever answered can mend it.
    """
    document = _document(text)
    problems = [f"the field {name!r} is missing" for name in _missing(document, fields)]
    unknown = [name for name in document if name not in fields]
    if problems and unknown:
        problems += [f"there is no field {name!r}" for name in unknown[:3]]
    values: dict[str, Any] = {}
    for name, (annotation, _) in fields.items():
        if name not in document:
            continue
        try:
            values[name] = TypeAdapter(annotation).validate_python(document[name])
        except ValidationError as error:
            problems += [_said(name, problem) for problem in error.errors(include_url=False)]
    if problems:
        more = len(problems) - MOST_PROBLEMS
        shown = [*problems[:MOST_PROBLEMS], *([f"and {more} more"] if more > 0 else [])]
        raise ValueError("\n".join(f"- {problem}" for problem in shown))
    return values


def _missing(document: Mapping[str, Any], fields: Mapping[str, tuple[Any, str]]) -> list[str]:
    return [name for name in fields if name not in document]


def _document(text: str) -> dict[str, Any]:
    fenced = _FENCE.findall(text)
    candidates = [*fenced, text, _outermost(text)]
    first: json.JSONDecodeError | None = None
    for candidate in candidates:
        if not candidate.strip():
            continue
        try:
            found = json.loads(candidate, strict=False)
        except json.JSONDecodeError as error:
            first = first or error
            continue
        except RecursionError:
            raise ValueError("- the JSON is nested too deeply") from None
        if isinstance(found, dict):
            return found
        raise ValueError(f"- one JSON object is wanted, found a {type(found).__name__}")
    if first is None or "{" not in text:
        raise ValueError("- there is no JSON object in the answer")
    at = f"line {first.lineno}, column {first.colno}"
    raise ValueError(f"- this is no JSON: {first.msg} at {at}")


def _outermost(text: str) -> str:
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else ""


def _said(name: str, problem: Mapping[str, Any]) -> str:
    place = name + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in problem["loc"])
    found = json.dumps(problem["input"], default=str, ensure_ascii=False)
    shown = "" if problem["type"] == "missing" else f", found {found[:80]}"
    return f"{place}: {problem['msg']}{shown}"
