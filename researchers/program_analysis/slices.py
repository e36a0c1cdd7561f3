"""Slices of the items whose text and score are known: declared ones, and those seen in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from researchers.program_analysis.localize import losses_of
from tasks.records.dossier import Dossier, Sample

Slice = tuple[str, str]
"""A dimension and a value."""
SCORE: Slice = ("score", "low")
_DATE = re.compile(
    r"\b\d{4}-\d\d?-\d\d?\b|\b\d\d?[./]\d\d?[./]\d{2,4}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d"
    r"|\b\d\d?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


def memberships(dossier: Dossier) -> Mapping[Slice, frozenset[str]]:
    """The items of each slice; those that lose more than the mean are a slice too."""
    found: dict[Slice, set[str]] = {}
    longest = sorted(len(s.question.split()) for s in dossier.samples if s.question)
    for sample in dossier.samples:
        for key in {**_seen(sample, longest), **sample.slices}.items():
            found.setdefault(key, set()).add(sample.item)
    losses = losses_of(dossier)
    mean = sum(losses.values()) / len(losses) if losses else 0.0
    found[SCORE] = {item for item, loss in losses.items() if loss > mean + 1e-9}
    return {key: frozenset(items) for key, items in found.items()}


def _seen(sample: Sample, lengths: list[int]) -> dict[str, str]:
    """What the form of question and gold tells; lengths are told by thirds."""
    told = {"gold": _form(sample.gold)} if sample.gold else {}
    if not sample.question:
        return told
    told["question holds"] = _form(sample.question)
    low, high = (lengths[len(lengths) * part // 3] for part in (1, 2))
    length = len(sample.question.split())
    if length < low or length >= high > low:
        told["question length"] = "short" if length < low else "long"
    return told


def _form(text: str) -> str:
    if _DATE.search(text):
        return "date"
    return "digits" if any(c.isdigit() for c in text) else "words"


def said(key: Slice) -> str:
    """A slice in words."""
    return "that lose most" if key == SCORE else f"with {key[0]} {key[1]!r}"
