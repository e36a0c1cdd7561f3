"""What every step is told of the target: short, in a fixed order, each part within its bound."""

from __future__ import annotations

from collections.abc import Sequence

from researchers.language_model import sections
from researchers.language_model.fence import clipped, fenced, one_line
from researchers.language_model.source import Source
from tasks.records.change import Finding
from tasks.records.dossier import Dossier
from tasks.records.evidence import Location

MOST_SOURCES = 40_000
"""Characters of source that one draft may see."""
WHOLE_FILE = 14_000
"""Files up to this many characters are shown whole."""
AROUND = 60
"""Lines shown around a place in a longer file."""


def target(dossier: Dossier) -> str:
    """How the target is scored and what may be edited. Written by the owner of the target."""
    metric = dossier.metric
    lines = [
        f"metric: {metric.name} ({metric.kind}), {metric.direction}, {metric.unit}",
        f"what it rewards: {one_line(metric.notes, 2_000)}" if metric.notes else "",
        f"may be edited: {Source(dossier).scope}",
    ]
    if dossier.hyperparameters:
        knobs = ", ".join(dossier.hyperparameters[:40])
        lines.append(f"declared knobs, tuned elsewhere: {knobs}")
    return "\n".join(line for line in lines if line)


def evidence(dossier: Dossier) -> str:
    """All that was measured, in about 6,000 tokens at most."""
    parts = (
        ("standing", sections.standing(dossier), 1_000),
        ("losses by slice", sections.losses(dossier), 3_000),
        ("items", sections.examples(dossier), 7_000),
        ("functions that losing items ran", sections.suspects(dossier), 1_500),
        ("record flow", sections.record_flow(dossier), 4_000),
        ("relations that should hold and do not", sections.probes(dossier), 2_000),
        ("outline", sections.outline(dossier), 7_000),
    )
    return "\n\n".join(fenced(name, clipped(text, most)) for name, text, most in parts if text)


def findings(found: Sequence[Finding], dossier: Dossier, most: int = 14_000) -> str:
    """Findings by number with the lines around each."""
    source, shown, left = Source(dossier), [], most
    for number, finding in enumerate(found, 1):
        at = finding.location
        place = f"{at.path}:{at.line}" + (f" in {at.function}" if at.function else "")
        lines = source.lines(at.path)
        start = max(1, at.line - 6)
        code = "\n".join(lines[start - 1 : at.line + 8]) if at.line else ""
        text = f"{place}, strength {finding.strength:.2f}: {finding.evidence}\n{code}".rstrip()
        text = fenced(f"finding {number}", clipped(text, 1_600))
        left -= len(text)
        if left < 0:
            break
        shown.append(text)
    return "\n".join(shown) or "none"


def sources(source: Source, places: Sequence[Location], most: int = MOST_SOURCES) -> str:
    """The files of some places: short ones whole, of long ones what is around the places."""
    shown, left = [], most
    for path in dict.fromkeys(place.path for place in places):
        text = source.text(path)
        if text is None:
            continue
        if len(text) > WHOLE_FILE:
            text = _around(text, [p for p in places if p.path == path])
        told = fenced(f"file {path}", clipped(text, WHOLE_FILE))
        left -= len(told)
        if left < 0:
            break
        shown.append(told)
    return "\n".join(shown) or "none of the places is a file that may be shown"


def _around(text: str, places: Sequence[Location]) -> str:
    lines = text.splitlines()
    wanted: set[int] = set()
    for place in places:
        first, last = max(1, place.line), max(place.line, place.end_line, 1)
        wanted |= set(range(max(1, first - AROUND), min(len(lines), last + AROUND) + 1))
    parts, before = [], 0
    for number in sorted(wanted):
        if number != before + 1:
            parts.append(f"[... lines {before + 1} to {number - 1} are not shown ...]")
        parts.append(lines[number - 1])
        before = number
    if before < len(lines):
        parts.append(f"[... lines {before + 1} to {len(lines)} are not shown ...]")
    return "\n".join(parts)
