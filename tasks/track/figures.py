"""Metrics, parameters and tags as MLflow takes them: names it allows, texts of its lengths."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from hashlib import sha256

from tasks.records.score import Difference, Estimate, Summary

Figures = dict[str, float]

_NAME = re.compile(r"[^\w\-. /:]+", re.ASCII)
_TEXT = 5_000
_LONGEST_NAME = 200


def name(text: str) -> str:
    """A name of characters that MLflow allows; one that had to change gets a mark of its own."""
    safe = _NAME.sub("_", text).strip("/ .")[:_LONGEST_NAME] or "_"
    return safe if safe == text else f"{safe}-{sha256(text.encode()).hexdigest()[:6]}"


def cut(values: Mapping[str, object]) -> dict[str, str]:
    """Texts no longer than MLflow stores."""
    return {key: str(value)[:_TEXT] for key, value in values.items()}


def of_estimate(prefix: str, e: Estimate) -> Figures:
    """Score, interval, n and groups."""
    return {
        f"{prefix}/score": e.score,
        f"{prefix}/low": e.interval.low,
        f"{prefix}/high": e.interval.high,
        f"{prefix}/n": float(e.n),
        f"{prefix}/groups": float(e.groups),
    }


def of_summary(prefix: str, s: Summary) -> Figures:
    """The whole and every slice, such as `dev/category/temporal/low`."""
    figures = of_estimate(prefix, s)
    for dimension, values in s.by_slice.items():
        for value, estimate in values.items():
            figures |= of_estimate(f"{prefix}/{name(dimension)}/{name(value)}", estimate)
    return figures


def of_difference(prefix: str, d: Difference) -> Figures:
    """Delta, interval, p and n; positive is better."""
    return {
        f"{prefix}/delta": d.delta,
        f"{prefix}/low": d.interval.low,
        f"{prefix}/high": d.interval.high,
        f"{prefix}/p_value": d.p_value,
        f"{prefix}/n": float(d.n),
        f"{prefix}/groups": float(d.groups),
    }


def finite(figures: Figures) -> Figures:
    """Without what cannot be drawn: an interval without bounds has infinite ones."""
    return {key: value for key, value in figures.items() if math.isfinite(value)}
