"""Walks JSON of any schema: its texts, and the lists that hold records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Json = Any


def texts(document: Json) -> Iterator[str]:
    """Every string value, keys not included, in document order."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        for value in document.values():
            yield from texts(value)
    elif isinstance(document, list | tuple):
        for value in document:
            yield from texts(value)


def mapped(document: Json, change: Callable[[str], str], keys: bool = False) -> Json:
    """A copy with every string value changed, and keys too if asked."""
    if isinstance(document, str):
        return change(document)
    if isinstance(document, dict):
        return {
            (change(key) if keys else key): mapped(value, change, keys)
            for key, value in document.items()
        }
    if isinstance(document, list | tuple):
        return [mapped(value, change, keys) for value in document]
    return document


def longest_records(document: Json) -> list[Json] | None:
    """The longest list of mappings or texts anywhere in a document, the last of equals."""
    found = [held for held in _lists(document) if len(held) > 1]
    return max(reversed(found), key=len) if found else None


def record_lists(document: Json) -> list[list[Json]]:
    """All lists of two mappings or more."""
    return [held for held in _lists(document) if len(held) > 1 and isinstance(held[0], dict)]


def with_lists(document: Json, new: dict[int, list[Json]]) -> Json:
    """A copy in which some lists, known by `id`, are others."""
    if id(document) in new:
        return new[id(document)]
    if isinstance(document, dict):
        return {key: with_lists(value, new) for key, value in document.items()}
    if isinstance(document, list):
        return [with_lists(value, new) for value in document]
    return document


def _lists(document: Json) -> Iterator[list[Json]]:
    if isinstance(document, list) and all(isinstance(v, dict | str) for v in document):
        yield document
    inner = document.values() if isinstance(document, dict) else document
    if isinstance(inner, str) or not isinstance(document, dict | list):
        return
    for value in inner:
        yield from _lists(value)
