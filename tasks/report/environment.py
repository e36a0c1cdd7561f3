"""The template environment that all pages share: strict, escaped, with figures in words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tasks.report import headline, wording

_FOLDER = Path(__file__).parent


@cache
def stylesheet() -> str:
    """The style of every page."""
    return (_FOLDER / "page.css").read_text(encoding="utf-8")


@cache
def environment() -> Environment:
    """Undefined names are errors, every printed text is escaped and made visible."""
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_safe,
    )
    made.filters |= {
        "typeset": wording.typeset,
        "estimate": lambda e: wording.typeset(wording.estimate(e)),
        "difference": lambda d: wording.typeset(wording.difference(d)),
        "score": lambda e: wording.typeset(wording.score(e)),
        "bounds": lambda e: wording.typeset(wording.bounds(e)),
        "delta": lambda d: wording.typeset(wording.delta(d)),
        "margin": lambda d: wording.typeset(wording.margin(d)),
        "p_value": wording.p_value,
        "tested": lambda d: wording.typeset(wording.tested(d)),
        "sample": wording.sample,
        "counted": wording.counted,
        "duration": wording.duration,
        "line": wording.line,
        "number": wording.number,
        "used": headline.used,
    }
    return made


def _safe(value: Any) -> Any:
    """Every text that a template prints shows its control characters; autoescape follows."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return wording.visible(value)
    return value
