"""Unified diffs in pieces that a page can colour, cut where they are very long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["file", "hunk", "added", "removed", "same"]


@dataclass(frozen=True)
class Piece:
    """Neighbouring lines of one kind, each with its line end."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class ShownDiff:
    """`omitted` counts the lines beyond the cut; `added` and `removed` count all lines."""

    pieces: tuple[Piece, ...]
    added: int
    removed: int
    omitted: int


def shown(diff: str, characters: int) -> ShownDiff:
    """The diff up to about `characters`, whole lines only."""
    marked = list(_marked(diff))
    kept, used = 0, 0
    for _, text in marked:
        used += len(text) + 1
        if used > characters and kept:
            break
        kept += 1
    return ShownDiff(
        pieces=tuple(
            Piece(kind, "".join(f"{text[:characters]}\n" for _, text in lines))
            for kind, lines in groupby(marked[:kept], key=lambda pair: pair[0])
        ),
        added=sum(kind == "added" for kind, _ in marked),
        removed=sum(kind == "removed" for kind, _ in marked),
        omitted=len(marked) - kept,
    )


def _marked(diff: str) -> Iterator[tuple[Kind, str]]:
    """Lines with their kinds; `---` and `+++` are file names only before a hunk begins."""
    in_hunk = False
    for text in diff.split("\n"):
        if text.startswith("diff "):
            in_hunk = False
        elif text.startswith("@@"):
            in_hunk = True
            yield "hunk", text
            continue
        if not in_hunk:
            if text:
                yield "file", text
        elif text.startswith("+"):
            yield "added", text
        elif text.startswith("-"):
            yield "removed", text
        elif text:
            yield "same", text
