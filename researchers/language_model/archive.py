"""What was tried, as later prompts see it: a few changes drawn by rank, and lessons by relevance.

ASI-Arch (arXiv 2507.18074) draws parents from ranks 1-10 of its archive and references from ranks
11-50: the best are built upon, and others keep the search wide.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from researchers.language_model.fence import clipped, fenced, one_line
from tasks.records.dossier import Dossier
from tasks.records.knowledge import ExperienceEntry
from tasks.records.reflection import PastTrial

TOP = 10
LAST = 50
PARENTS = 2
REFERENCES = 4
MOST_LESSONS = 8
MOST_TRIED = 40
"""Past changes that a new idea is held against."""


def drawn(dossier: Dossier) -> tuple[tuple[PastTrial, ...], tuple[PastTrial, ...]]:
    """Parents and references, by the dossier's seed and the size of the archive."""
    dice = random.Random(f"{dossier.seed}:{len(dossier.archive)}")
    top, further = dossier.archive[:TOP], dossier.archive[TOP:LAST]
    return _some(top, PARENTS, dice), _some(further, REFERENCES, dice)


def tried(dossier: Dossier) -> str:
    """Drawn changes with their diffs, lessons of others, and where the last round pointed."""
    parents, references = drawn(dossier)
    parts = [
        *(fenced("tried, among the best", told(trial, 1_800)) for trial in parents),
        *(fenced("tried, further down", told(trial, 500)) for trial in references),
    ]
    shown = {trial.id for trial in (*parents, *references)}
    lines = [
        f"{_verdict(t)}: {one_line(t.title, 100)}. {one_line(t.lesson, 240)}"
        for t in dossier.archive if t.lesson and t.id not in shown
    ][:MOST_LESSONS]  # fmt: skip
    known = {one_line(trial.title, 100) for trial in dossier.archive}
    lines += [
        lesson_line(hit.entry) for hit in dossier.experience[:MOST_LESSONS]
        if one_line(hit.entry.title, 100) not in known
    ]  # fmt: skip
    if lines:
        parts.append(fenced("lessons", "\n".join(lines)))
    if dossier.direction:
        parts.append(fenced("advice of the last round", one_line(dossier.direction, 600)))
    return "\n".join(parts) or "nothing yet"


def lessons_for(dossier: Dossier, idea: str) -> str:
    """Lessons of the remembered trials that are closest to an idea in meaning."""
    hits = dossier.lab.recall(idea, MOST_LESSONS) if dossier.lab is not None else ()
    lines = list(dict.fromkeys(lesson_line(hit.entry) for hit in hits))
    return fenced("lessons", "\n".join(lines)) if lines else "none yet"


def told(trial: PastTrial, most: int) -> str:
    """A past change with its verdict, its lesson and its diff."""
    lines = [
        f"{_verdict(trial)}: {one_line(trial.title, 120)} ({trial.change_type})",
        one_line(trial.rationale, 300),
        f"verdict: {one_line(trial.reason, 200)}",
        f"lesson: {one_line(trial.lesson, 240)}" if trial.lesson else "",
        trial.diff,
    ]
    return clipped("\n".join(line for line in lines if line), most)


def lesson_line(entry: ExperienceEntry) -> str:
    """A remembered trial in a line."""
    lesson = f" {one_line(entry.lesson, 240)}" if entry.lesson else ""
    return f"{entry.verdict} {entry.delta:+.4f}: {one_line(entry.title, 100)}.{lesson}"


def _verdict(trial: PastTrial) -> str:
    return trial.verdict if trial.delta is None else f"{trial.verdict} {trial.delta:+.4f}"


def _some(trials: Sequence[PastTrial], count: int, dice: random.Random) -> tuple[PastTrial, ...]:
    """Some of the trials, in their order."""
    chosen = sorted(dice.sample(range(len(trials)), min(count, len(trials))))
    return tuple(trials[index] for index in chosen)
