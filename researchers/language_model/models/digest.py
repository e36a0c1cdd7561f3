"""Requests as text, without what differs between machines and hours, and their digests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dspy._vendor.lm15.serde import message_to_dict, part_to_dict, tool_to_dict

from tasks.records.base import digest_of

_PASSING = (
    (re.compile(r"\b\d{8}-\d{6}-[\w.-]+?-[0-9a-f]{4}\b"), "<run>"),
    (re.compile(r"\b0x[0-9a-fA-F]{6,16}\b"), "<address>"),
    (re.compile(r"\b[0-9a-f]{40}\b"), "<commit>"),
    (re.compile(r"\b(in|after|took) \d+(?:\.\d+)? ?(?:s|ms|seconds|sec)\b"), r"\1 <duration>"),
    (re.compile(r"/tmp/[\w.-]+"), "<scratch>"),
)
"""Ids of runs, addresses of objects, commits, durations, scratch folders: never twice the same."""


def rendered(request: Any) -> dict[str, Any]:
    """What a model is told, as a JSON document: system, messages, tools.

    Model, temperature and the kind of structured output are left out: the same question to another
    model is the same question.
    """
    system = request.system
    if system is not None and not isinstance(system, str):
        system = [part_to_dict(part) for part in system]
    return {
        "system": system or "",
        "messages": [_message(message) for message in request.messages],
        "tools": [tool_to_dict(tool) for tool in request.tools],
    }


def steady(document: dict[str, Any], places: Sequence[tuple[Path, str]]) -> dict[str, Any]:
    """A rendered request with words in the place of what differs between machines and hours.

    For digests and recordings alone: whoever answers needs the text as it is.
    """
    words = sorted(((str(path), word) for path, word in places), key=lambda p: -len(p[0]))
    return {key: _steady(value, words) for key, value in document.items()}


def request_digest(document: dict[str, Any]) -> str:
    """SHA-256 of a request made steady."""
    return digest_of(document)


def request_text(document: dict[str, Any]) -> str:
    """A rendered request as lines, for people and for comparison."""
    parts = [str(document["system"])]
    for message in document["messages"]:
        content = message["content"]
        parts.append(f"[{message['role']}]")
        parts.append(content if isinstance(content, str) else str(content))
    parts += [str(tool) for tool in document["tools"]]
    return "\n".join(parts)


def _message(message: Any) -> dict[str, Any]:
    text = message.text
    if text is not None:
        return {"role": message.role, "content": text}
    return {"role": message.role, "content": message_to_dict(message)["parts"]}


def _steady(value: Any, words: Sequence[tuple[str, str]]) -> Any:
    if isinstance(value, str):
        for path, word in words:
            value = value.replace(path, word)
        for pattern, word in _PASSING:
            value = pattern.sub(word, value)
        return value
    if isinstance(value, list):
        return [_steady(inner, words) for inner in value]
    if isinstance(value, dict):
        return {key: _steady(inner, words) for key, inner in value.items()}
    return value
