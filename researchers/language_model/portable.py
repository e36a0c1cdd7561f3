"""Makes the output of a run read alike on every machine: no absolute path, address or time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

_PATH = re.compile(r"(?<![\w.<:/])/(?:[\w.@+~-]+/)+[\w.@+~-]+")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
_SECONDS = re.compile(r"\b\d+(?:\.\d+)? ?(?:s|ms|seconds)\b")
_INTERPRETER = re.compile(r"\bPython \d+\.\d+\.\d+\b|\b\w+-\d+\.\d+\.\d+\b(?=[,\n])")


def portable(text: str, known: Iterable[str]) -> str:
    """The text with paths of known files made relative, and what differs by machine taken out."""
    files = frozenset(known)

    def shortened(match: re.Match[str]) -> str:
        parts = PurePosixPath(match.group()).parts[1:]
        tails = ("/".join(parts[start:]) for start in range(len(parts)))
        return next((tail for tail in tails if tail in files), f".../{parts[-1]}")

    text = _PATH.sub(shortened, text)
    text = _ADDRESS.sub("0x...", text)
    text = _SECONDS.sub("... s", text)
    return _INTERPRETER.sub("...", text)
