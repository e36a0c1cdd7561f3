"""What a round leaves for later runs: every candidate with its idea and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from stages.known_settings import settings_of
from stages.run import Run
from tasks.records.base import digest_of
from tasks.records.candidate import Candidate
from tasks.records.change import TUNER
from tasks.records.knowledge import ExperienceEntry
from tasks.records.reflection import Lesson
from tasks.records.trial import Verdict


def remember(
    run: Run,
    candidates: Sequence[Candidate],
    verdicts: Sequence[Verdict],
    lessons: Sequence[Lesson] = (),
) -> None:
    """Stores the round's trials; storing one twice, as a resumed run may, changes nothing."""
    by_id = {candidate.id: candidate for candidate in candidates}
    learned = {lesson.proposal: lesson.text for lesson in lessons}
    entries = [
        _entry(run, by_id[verdict.candidate], verdict, learned.get(verdict.candidate, ""))
        for verdict in verdicts
        if verdict.candidate in by_id and verdict.verdict != "not_run"
    ]
    if entries and run.settings.memory:
        run.experience.remember(entries)


def _entry(run: Run, candidate: Candidate, verdict: Verdict, lesson: str) -> ExperienceEntry:
    proposal = candidate.proposal
    known = verdict.dev is not None or verdict.verdict == "idle"
    return ExperienceEntry(
        id=digest_of([run.id, candidate.id])[:16],
        run=run.id,
        target=run.target.name,
        tree=run.workspace.tree_of(candidate.parent),
        title=proposal.title,
        idea=proposal.idea,
        change_type=proposal.change_type,
        source=proposal.source,
        researcher=proposal.researcher,
        verdict=verdict.verdict,
        reason=verdict.reason,
        delta=verdict.dev.delta if verdict.dev is not None else 0.0,
        edit_digest=proposal.edit_digest,
        lesson=lesson,
        settings=settings_of(run, candidate.commit) if known and proposal.source == TUNER else {},
    )
