"""Exploration: a bounded loop in which the model reads the target and reports what it finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import dspy

from researchers.language_model import brief
from researchers.language_model.answers import Found, ToolCall
from researchers.language_model.fence import one_line
from researchers.language_model.signatures import EXPLORE
from researchers.language_model.source import Source
from researchers.language_model.step import Step
from researchers.language_model.thinking import StepFailed, Thinker, Unusable
from researchers.language_model.tools import Tools, named
from tasks.records.base import digest_of
from tasks.records.change import Finding
from tasks.records.dossier import Dossier
from tasks.records.evidence import Location

TURNS = 12
CALLS_A_TURN = 4
MOST_SEEN = 36_000
"""Characters of what the tools returned that one turn sees; older answers shrink to a line."""
MOST_SENT = 480_000
"""Characters that all turns together may send, about 140,000 tokens."""
MOST_FINDINGS = 16


@dataclass(frozen=True)
class Explored:
    """What the exploration found; `problem` says why it ended early, if it did."""

    findings: tuple[Finding, ...]
    problem: str = ""


@dataclass
class _Notes:
    """What was seen and concluded, newest last."""

    entries: list[tuple[str, str]] = field(default_factory=list)

    def told(self) -> str:
        """The newest in full as far as there is room; what is older by name."""
        shown: list[str] = []
        left = MOST_SEEN
        for name, text in reversed(self.entries):
            left -= len(text)
            shown.append(text if left >= 0 else f"({name}: seen earlier, ask again if needed)")
        return "\n".join(reversed(shown)) or "nothing yet"


class Explorer:
    """Explores one dossier with one model."""

    def __init__(self, thinker: Thinker, dossier: Dossier) -> None:
        self._thinker, self._dossier = thinker, dossier
        self._source = Source(dossier)

    def explore(self) -> Explored:
        """Findings, strongest first. A failed turn ends it; what was found before counts."""
        step = Step("localize_faults", "explore")
        tools, notes, found = Tools(self._dossier), _Notes(), list[Found]()
        target, evidence = brief.target(self._dossier), brief.evidence(self._dossier)
        sent, asked = 0, set[ToolCall]()
        for left in range(TURNS, -1, -1):
            seen = notes.told()
            sent += len(target) + len(evidence) + len(seen)
            last = left == 0 or sent + len(target) + len(evidence) + MOST_SEEN > MOST_SENT
            try:
                conclusion, calls, new = self._thinker.ask(
                    step, EXPLORE, self._turn, target=target, evidence=evidence, seen=seen,
                    turns_left=0 if last else left,
                )  # fmt: skip
            except StepFailed as error:
                return Explored(self._findings(found), str(error))
            found += new
            if conclusion:
                notes.entries.append(("conclusion", f"you: {one_line(conclusion, 600)}"))
            fresh = [call for call in calls if call not in asked]
            if not fresh or last:
                break
            for call in fresh:
                asked.add(call)
                notes.entries.append((named(call), tools.answer(call)))
        return Explored(self._findings(found))

    def _turn(self, answer: dspy.Prediction) -> tuple[str, Sequence[ToolCall], Sequence[Found]]:
        """The parts of one answer. Raises Unusable for findings at no place of the target."""
        problems = [
            f"finding at {found.path}:{found.line}: there is no such file"
            for found in answer.findings
            if self._source.text(found.path) is None
        ]
        if problems:
            raise Unusable(problems[:5])
        return str(answer.conclusion), answer.calls[:CALLS_A_TURN], answer.findings

    def _findings(self, found: Sequence[Found]) -> tuple[Finding, ...]:
        known = known_slices(self._dossier)
        best: dict[tuple[str, int], Finding] = {}
        for entry in found:
            lines = len(self._source.lines(entry.path))
            line = min(max(1, entry.line), max(1, lines))
            finding = Finding(
                id=digest_of(["language_model", entry.path, line, entry.evidence])[:12],
                kind="read_code",
                location=Location(path=entry.path, line=line, function=entry.function[:200]),
                strength=entry.strength,
                evidence=one_line(entry.evidence, 600),
                slices=tuple(s for s in dict.fromkeys(entry.slices) if s in known),
            )
            before = best.get((entry.path, line))
            if before is None or before.strength <= finding.strength:
                best[entry.path, line] = finding
        ranked = sorted(
            best.values(), key=lambda f: (-f.strength, f.location.path, f.location.line)
        )
        return tuple(ranked[:MOST_FINDINGS])


def known_slices(dossier: Dossier) -> Mapping[str, None]:
    """The slices that the failures name, as `dimension=value`."""
    return dict.fromkeys(f"{s.dimension}={s.value}" for s in dossier.failures.slices)
