"""Order of proposals: suspicion x prior x evidence x effect, kinds and places taking turns."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from researchers.program_analysis.draft import Draft, Known
from researchers.program_analysis.foresight import Foresight
from researchers.program_analysis.localize import Suspicion
from researchers.program_analysis.probing import probing
from researchers.program_analysis.program import Program
from researchers.program_analysis.rehearsing import DEEP, rehearsed
from researchers.program_analysis.screening import Screen
from researchers.program_analysis.shares import Blind, hopes
from researchers.program_analysis.signs import Signs
from tasks.records.base import digest_of
from tasks.records.change import FileEdit, FineType, Proposal

SAME_SOURCE = 0.75
SAME_BLIND = 0.97
SAME_PLACE = 0.85
"""What one more of the same operator, or in the same function, is worth beside the last."""
UNLIKELY = 0.4
"""Where answers are scored, blind edits are worth this."""
EVIDENT = 0.08
"""On test suites, findings, which are about records and text, are worth this."""
SHARP = 3.0
"""On test suites, hope goes with this power of the suspicion of a place."""
FAINT = 0.01
"""Of the best place's worth: below, signs would change nothing, and are not read."""
PROBED = 48
"""Edits that pass every visible test and are compared on altered inputs, most hopeful first."""
RESEARCHER = "program_analysis"


Source = tuple[Draft, str, FineType, float, bool]
"""A draft with the name, type and prior of what wrote it, and whether that is blind."""


@dataclass(frozen=True)
class Scored:
    """A draft with where it came from and its priority before others take their turn."""

    draft: Draft
    source: str
    change_type: FineType
    score: float
    blind: bool = False


class Ranking:
    """Chooses proposals one by one; what does not parse, changes nothing or repeats is left out."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._suspicion = Suspicion(program)
        self._screen = Screen(program)
        self._tests = program.is_suite
        self._evidence = _evidence(program)
        self._learned = _learned(program)
        self._passing: set[str] = set()

    def scored(
        self, draft: Draft, source: str, change_type: FineType, prior: float, blind: bool = False
    ) -> Scored:
        """A draft with its priority: 0 to about 1."""
        score = self._place(draft) * prior * draft.strength * draft.effect
        if self._tests:
            score *= EVIDENT * self._evidence.of(draft)
        elif blind:
            score *= UNLIKELY
        return Scored(draft, source, change_type, score * self._learned.get(source, 1.0), blind)

    def blind(self, drafts: Sequence[Source]) -> list[Scored]:
        """All drafts of the blind operators with their priorities.

        On test suites they compete by how often faults are of their kind and by where they are;
        elsewhere they stand as any other draft does.
        """
        if not self._tests:
            return [self.scored(*source) for source in drafts]
        edits = [
            Blind(d, name.split(":")[1], prior, self._place(d)) for d, name, _, prior, _ in drafts
        ]
        read = FAINT * max((edit.place for edit in edits), default=0.0)
        made = []
        for (draft, source, kind, *_), edit, hope in zip(drafts, edits, hopes(edits), strict=True):
            sign = self._evidence.of(draft) if edit.place >= read else 1.0
            worth = hope * sign * self._learned.get(source, 1.0)
            made.append(Scored(draft, source, kind, worth, True))
        return made

    def deep(self, drafts: Iterable[Source]) -> list[Scored]:
        """Of thousands of unlikely edits, those that mend some test in rehearsal and break none."""
        verdicts = rehearsed(self._program)
        found = [
            Scored(draft, source, kind, self._place(draft) * prior * draft.strength, True)
            for draft, source, kind, prior, _ in drafts
        ]
        found.sort(key=first)
        verdicts.rehearse((scored.draft for scored in found), DEEP)
        told = ((scored, verdicts.verdict(scored.draft)) for scored in found)
        helping = [scored for scored, verdict in told if verdict is not None and verdict.helps]
        evidence = self._evidence.of
        return [replace(scored, score=scored.score * evidence(scored.draft)) for scored in helping]

    def lacks(self, chosen: Sequence[Proposal]) -> bool:
        """Whether tests can be rehearsed, and none of these edits passes all that failed."""
        return (
            self._tests
            and rehearsed(self._program).tells
            and not any(proposal.id in self._passing for proposal in chosen)
        )

    def _place(self, draft: Draft) -> float:
        """The hope for an edit by where it is."""
        floor = self._suspicion.floor
        suspicion = self._suspicion.at(draft.location.path, draft.location.line)
        worth = floor + (1 - floor) * suspicion
        return float(worth**SHARP) if self._tests else worth

    def choose(self, drafts: Iterable[Scored], limit: int) -> tuple[Proposal, ...]:
        """At most `limit` proposals, best first, with priorities that never rise.

        On test suites, what was tried before has had its turn; elsewhere it is left out of account.
        """
        entries = sorted(self._judged(drafts), key=first)
        waiting = [(-s.score, i) for i, s in enumerate(entries)]
        sources: Counter[str] = Counter()
        places: Counter[tuple[str, str]] = Counter()
        seen: set[str] = set()
        chosen: list[Proposal] = []
        while waiting and len(chosen) < limit:
            _, position = heapq.heappop(waiting)
            scored = entries[position]
            turn = scored.score if self._tests and scored.blind else _turn(scored, sources, places)
            if waiting and turn < -waiting[0][0] - 1e-12:
                heapq.heappush(waiting, (-turn, position))
                continue
            digest = self._screen.digest(scored.draft)
            if digest is None or digest in seen:
                continue
            proposal = self._proposal(scored, turn)
            tried = proposal.edit_digest in self._program.dossier.tried
            if tried and not self._tests:
                continue
            seen.add(digest)
            sources[scored.source] += 1
            if not (self._tests and scored.blind):
                places[scored.draft.location.path, scored.draft.location.function] += 1
            if not tried:
                chosen.append(proposal)
        return tuple(chosen)

    def _judged(self, drafts: Iterable[Scored]) -> list[Scored]:
        """On test suites, the drafts with their scores by what rehearsals say of them."""
        if not self._tests:
            return list(drafts)
        ordered, verdicts = sorted(drafts, key=first), rehearsed(self._program)
        verdicts.rehearse(scored.draft for scored in ordered)
        told = [replace(s, score=s.score * verdicts.factor(s.draft)) for s in ordered]
        return self._probed(told)

    def _probed(self, drafts: Sequence[Scored]) -> list[Scored]:
        """The same; scores of those that pass go down where they are odd beside the others."""
        verdict = rehearsed(self._program).verdict
        passing = [s for s in drafts if (v := verdict(s.draft)) is not None and v.passes]
        passing = sorted(passing, key=first)[:PROBED]
        told = probing(self._program).factors(
            [s.draft for s in passing], [s.score for s in passing]
        )
        factors = {id(s): factor for s, factor in zip(passing, told, strict=True)}
        return [replace(s, score=s.score * factors.get(id(s), 1.0)) for s in drafts]

    def _proposal(self, scored: Scored, priority: float) -> Proposal:
        draft = scored.draft
        verdict = rehearsed(self._program).verdict(draft) if self._tests else None
        edits = tuple(FileEdit(path=p, content=t) for p, t in sorted(draft.files.items()))
        identity = digest_of([scored.source, *([e.path, e.content] for e in edits)])[:12]
        if verdict is not None and verdict.passes:
            self._passing.add(identity)
        why = draft.why if verdict is None else f"{draft.why}; {verdict}"
        return Proposal(
            id=identity,
            title=draft.title,
            rationale=f"{why[:1].upper()}{why[1:]}.",
            change_type=scored.change_type,
            base=self._program.dossier.base,
            edits=edits,
            source=scored.source,
            researcher=RESEARCHER,
            findings=draft.findings,
            priority=priority,
        )


@lru_cache(maxsize=2)
def _evidence(program: Program) -> Known[float]:
    """What speaks for an edit beside its place and kind; it stays known over the rounds."""
    signs, foresight = Signs(program), Foresight(program)
    return Known(lambda draft: signs.factor(draft) * foresight.factor(draft))


def first(scored: Scored) -> tuple[float, str]:
    """The key of the order by priority, ties by title."""
    return -scored.score, scored.draft.title


def _turn(scored: Scored, sources: Counter[str], places: Counter[tuple[str, str]]) -> float:
    place = scored.draft.location.path, scored.draft.location.function
    same = SAME_BLIND if scored.blind else SAME_SOURCE
    return scored.score * same ** sources[scored.source] * SAME_PLACE ** places[place]


def _learned(program: Program) -> dict[str, float]:
    """Factors on sources by how earlier trials of them went: between a half and double."""
    wins: Counter[str] = Counter()
    tries: Counter[str] = Counter()
    for hit in program.dossier.experience:
        tries[hit.entry.source] += 1
        wins[hit.entry.source] += hit.entry.verdict in {"accepted", "superseded"}
    return {s: max(0.5, min(2.0, 2 * (wins[s] + 1) / (tries[s] + 2))) for s in tries}
