"""Phrases by which the metric lets an answer be refused."""

from __future__ import annotations

from researchers.program_analysis.context import Context
from researchers.program_analysis.detectors.verbosity import phrases

_REFUSES = {"no", "not", "unknown", "none", "unanswerable", "cannot", "unavailable", "nothing"}


def refusals(context: Context) -> list[str]:
    """What the metric's notes quote that refuses, longest first."""
    quoted = phrases(context.program.dossier.metric.notes)
    return [p for p in quoted if set(p.lower().split()) & _REFUSES]
