"""Answers far longer than what the metric compares with, and templates silent about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from researchers.program_analysis.context import Context
from researchers.program_analysis.names import QUESTION, says
from tasks.records.base import digest_of
from tasks.records.change import Finding
from tasks.records.evidence import Location

TOO_LONG = 1.5


def find(context: Context) -> Iterator[Finding]:
    """Functions that answer, where answers are too long; templates without the metric's phrases."""
    failures = context.program.dossier.failures
    said, wanted = failures.prediction_words, failures.gold_words
    if said is not None and wanted and said > TOO_LONG * wanted:
        for module, function in context.functions():
            asks = any(says(p, QUESTION) for p in function.parameters)
            if asks and context.kinds.returns(function) == "str":
                text = (
                    f"{function.name} ({module.path}) answers in {said:g} words where "
                    f"{wanted:g} are expected"
                )
                yield context.finding("long_answers", module, function.node, 0.7, text)
    for path, body in context.program.templates.items():
        missing = [
            p
            for p in phrases(context.program.dossier.metric.notes)
            if p.lower() not in body.lower()
        ]
        if missing:
            text = f"{path} does not mention what the metric asks for: {', '.join(missing)}"
            yield Finding(
                id=digest_of(["silent_template", path])[:12],
                kind="silent_template",
                location=Location(path=path),
                strength=0.45,
                evidence=text,
            )


def phrases(notes: str) -> list[str]:
    """What the metric's documentation quotes, longest first."""
    quoted = re.findall(
        r"\"([^\"\n]{3,60})\"|`([^`\n]{3,60})`|“([^”\n]{3,60})”|(?<!\w)'([^'\n]{3,60})'(?!\w)",
        notes,
    )
    found = dict.fromkeys(part for group in quoted for part in group if part)
    return sorted(found, key=len, reverse=True)
