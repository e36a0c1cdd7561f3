"""Prose: text that a reader or a model reads, told from keys, patterns and separators."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z][a-z']*\b")
_NAMES = re.compile(
    r"prompt|template|instruction|system_message|few_?shot|preamble|reminder|persona|refusal", re.I
)
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{[^{}]*\}|\{%.*?%\}|<[^<>]*>")


def is_prose(text: str) -> bool:
    """Two words or more in a row, as sentences have them and identifiers have not."""
    plain = _PLACEHOLDER.sub(" ", text)
    words = [word for word in plain.split() if _WORD.match(word)]
    return len(words) >= 2 and len(words) >= len(plain.split()) / 2


def names_prose(name: str) -> bool:
    """Whether a name says that it holds instructions or a template of text."""
    return bool(_NAMES.search(name))
