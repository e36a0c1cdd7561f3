"""What a ruling looks at: files before and after, and the evidence that is found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Sort = Literal["structure", "correction", "text", "value"]
"""New structure, a correction of code, text for a reader or model, a value of a setting."""


@dataclass(frozen=True)
class FileChange:
    """One file's text before and after; None where it does not exist."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Evidence:
    """One thing that changed: its sort, and what it is in words."""

    sort: Sort
    words: str


def of_sort(found: Sequence[Evidence], sort: Sort) -> list[Evidence]:
    """The evidence of one sort."""
    return [evidence for evidence in found if evidence.sort == sort]
