"""How large an edit is: in tokens, so that a long line with one changed name counts as small."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w+|[^\w\s]")


def tokens_changed(diff: str) -> int:
    """Tokens that a unified diff takes away and adds; spaces and line breaks count for nothing."""
    removed: list[str] = []
    added: list[str] = []
    total = 0
    for line in [*diff.splitlines(), "@@"]:
        if line.startswith(("---", "+++")):
            continue
        if line.startswith("-"):
            removed += _TOKEN.findall(line[1:])
        elif line.startswith("+"):
            added += _TOKEN.findall(line[1:])
        else:
            total += _between(removed, added)
            removed, added = [], []
    return total


def _between(old: list[str], new: list[str]) -> int:
    kept = sum(block.size for block in SequenceMatcher(a=old, b=new).get_matching_blocks())
    return len(old) + len(new) - 2 * kept
