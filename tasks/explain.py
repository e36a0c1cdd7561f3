"""A contract that breaks its schema, explained in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError


def explain(error: ValidationError, path: Path) -> str:
    """Every breach with its key and what was found there."""
    lines = [f"{path} breaks the target contract in {error.error_count()} place(s):"]
    for problem in error.errors():
        key = ".".join(str(part) for part in problem["loc"]) or "(the whole file)"
        found = "" if problem["type"] == "missing" else f", found {_short(problem['input'])}"
        lines.append(f"  {key}: {problem['msg']}{found}")
    return "\n".join(lines)


def cure(error: ValidationError) -> str:
    """What to do about them."""
    kinds = {problem["type"] for problem in error.errors()}
    hints: Iterator[str] = (
        hint
        for kind, hint in (
            ("missing", "add the missing keys"),
            ("extra_forbidden", "remove or rename the unknown keys"),
        )
        if kind in kinds
    )
    return "; ".join([*hints, "docs/targets.md describes every key with an example"])


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
