"""Long texts in overlapping pieces: for the index each piece a record, for the reader the whole.

Windows of fixed length that overlap, after Callan, Passage-Level Evidence in Document Retrieval
(SIGIR 1994).
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Mapping
from typing import Any

from researchers.program_analysis.recipes.parts.record_view import TEXT_FIELDS, listed

PIECE_WORDS = 60
OVERLAP_WORDS = 20
_WHOLE = "whole_record_of_piece"


class TextPiece(str):
    """A piece of a record that is plain text."""


def in_pieces(records: Any) -> list[Any]:
    """The records in order, each of longer text in its place as several of a piece each."""
    return [piece for record in listed(records) for piece in _split(record)]


def whole_records(hits: Any) -> list[Any]:
    """Hits with each piece replaced by the record that it is of, each of those once."""
    found: list[Any] = []
    seen: set[int] = set()
    for hit in listed(hits):
        whole, piece = _mended(hit)
        if piece is not None:
            if id(piece) in seen:
                continue
            seen.add(id(piece))
        found.append(whole)
    return found


def _split(record: Any) -> list[Any]:
    name = _text_field(record)
    text = record if isinstance(record, str) else _get(record, name) if name else ""
    words = text.split() if isinstance(text, str) else []
    if len(words) <= PIECE_WORDS + OVERLAP_WORDS:
        return [record]
    step = PIECE_WORDS - OVERLAP_WORDS
    starts = range(0, len(words) - OVERLAP_WORDS, step)
    try:
        return [_piece(record, name, " ".join(words[i : i + PIECE_WORDS])) for i in starts]
    except (AttributeError, TypeError, ValueError):
        return [record]


def _piece(record: Any, name: str, text: str) -> Any:
    if isinstance(record, str):
        piece: Any = TextPiece(text)
    elif isinstance(record, Mapping):
        return {**record, name: text, _WHOLE: record}
    elif dataclasses.is_dataclass(record) and not isinstance(record, type):
        piece = dataclasses.replace(record, **{name: text})
    else:
        piece = copy.copy(record)
        setattr(piece, name, text)
    object.__setattr__(piece, _WHOLE, record)
    return piece


def _mended(hit: Any) -> tuple[Any, Any]:
    """A hit with its piece replaced, and the whole record; None where it holds no piece."""
    whole = _whole(hit)
    if whole is not None:
        return whole, whole
    if isinstance(hit, tuple | list):
        parts = [_whole(part) for part in hit]
        found = next((part for part in parts if part is not None), None)
        if found is None:
            return hit, None
        joined = [p if w is None else w for p, w in zip(hit, parts, strict=True)]
        return (joined if isinstance(hit, list) else tuple(joined)), found
    if dataclasses.is_dataclass(hit) and not isinstance(hit, type):
        for field in dataclasses.fields(hit):
            found = _whole(getattr(hit, field.name))
            if found is not None:
                return dataclasses.replace(hit, **{field.name: found}), found
    return hit, None


def _whole(value: Any) -> Any:
    if isinstance(value, Mapping):
        return value.get(_WHOLE)
    return getattr(value, _WHOLE, None)


def _text_field(record: Any) -> str:
    return next((n for n in TEXT_FIELDS if isinstance(_get(record, n), str)), "")


def _get(record: Any, name: str) -> Any:
    return record.get(name) if isinstance(record, Mapping) else getattr(record, name, None)
