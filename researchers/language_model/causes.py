"""Hypotheses: causes that would explain the findings, and which of them repeat what was tried."""

from __future__ import annotations

from collections.abc import Sequence

import dspy

from researchers.language_model import archive, brief
from researchers.language_model.answers import Cause, Repeat
from researchers.language_model.explore import known_slices
from researchers.language_model.fence import clipped, fenced, one_line
from researchers.language_model.signatures import FORM_HYPOTHESES, JUDGE_NOVELTY
from researchers.language_model.source import Source
from researchers.language_model.step import Step
from researchers.language_model.thinking import Thinker, Unusable
from tasks.records.base import digest_of
from tasks.records.change import Finding, Hypothesis
from tasks.records.dossier import Dossier, Unmatched
from tasks.records.evidence import Location
from tasks.records.reflection import PastTrial

WANTED = 6
MOST_PLACES = 8
NOVELTY = "model:novelty"


def form(thinker: Thinker, dossier: Dossier, findings: Sequence[Finding]) -> tuple[Hypothesis, ...]:
    """Causes, most valuable first, by what the model expects of them. Raises StepFailed."""
    source = Source(dossier)

    def use(answer: dspy.Prediction) -> tuple[Hypothesis, ...]:
        made = []
        problems: list[str] = []
        for number, cause in enumerate(answer.causes[:WANTED], 1):
            places = _places(cause, findings, source)
            if places:
                made.append(_hypothesis(cause, places, findings, dossier))
            else:
                problems.append(f"cause {number} names no place that is a file of the target")
        if problems and not made:
            raise Unusable(problems)
        return tuple({h.id: h for h in made}.values())

    return thinker.ask(
        Step("form_hypotheses", "form hypotheses"),
        FORM_HYPOTHESES,
        use,
        target=brief.target(dossier),
        evidence=brief.evidence(dossier),
        findings=brief.findings(findings, dossier),
        tried=clipped(archive.tried(dossier), 12_000),
        knowledge=_knowledge(dossier),
        wanted=WANTED,
    )


def repeated(
    thinker: Thinker, dossier: Dossier, hypotheses: Sequence[Hypothesis]
) -> tuple[tuple[Hypothesis, ...], tuple[Unmatched, ...]]:
    """The hypotheses that are new, and the others with what they repeat. Raises StepFailed.

    Nothing is asked where nothing was tried.
    """
    past = _nearest(dossier)
    if not past or not hypotheses:
        return tuple(hypotheses), ()

    def use(answer: dspy.Prediction) -> dict[int, Repeat]:
        return {
            repeat.idea: repeat
            for repeat in answer.repeats
            if 1 <= repeat.idea <= len(hypotheses) and 1 <= repeat.tried <= len(past)
        }

    ideas = "\n".join(f"{n}. {one_line(h.statement, 400)}" for n, h in enumerate(hypotheses, 1))
    tried = "\n".join(
        f"{n}. {trial.verdict}: {one_line(trial.title, 120)}. {one_line(trial.rationale, 240)} "
        f"{one_line(trial.lesson, 200)}"
        for n, trial in enumerate(past, 1)
    )
    step = Step("draft_changes", "judge novelty")
    repeats = thinker.ask(
        step, JUDGE_NOVELTY, use, ideas=fenced("ideas", ideas), tried=fenced("tried", tried)
    )
    dropped = tuple(
        Unmatched(
            source=NOVELTY,
            reason=f"{one_line(hypotheses[number - 1].statement, 160)} repeats "
            f"{one_line(past[repeat.tried - 1].title, 100)}: {one_line(repeat.reason, 200)}",
        )
        for number, repeat in sorted(repeats.items())
    )
    return tuple(h for n, h in enumerate(hypotheses, 1) if n not in repeats), dropped


def _nearest(dossier: Dossier) -> tuple[PastTrial, ...]:
    """What this run tried and did not accept: repeating that would be a waste."""
    failed = [trial for trial in dossier.archive if trial.verdict != "accepted"]
    return tuple(failed[: archive.MOST_TRIED])


def _places(cause: Cause, findings: Sequence[Finding], source: Source) -> tuple[Location, ...]:
    """Places of a cause and of its findings that are files of the target."""
    named = [Location(path=p.path, line=max(1, p.start), end_line=p.end) for p in cause.places]
    named += [f.location for f in _of(cause, findings)]
    known = [place for place in named if source.text(place.path) is not None]
    return tuple({p.model_dump_json(): p for p in known}.values())[:MOST_PLACES]


def _of(cause: Cause, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    wanted = dict.fromkeys(cause.findings)
    return tuple(findings[n - 1] for n in wanted if 1 <= n <= len(findings))


def _hypothesis(
    cause: Cause, places: tuple[Location, ...], findings: Sequence[Finding], dossier: Dossier
) -> Hypothesis:
    known = known_slices(dossier)
    statement = one_line(cause.statement, 800)
    return Hypothesis(
        id=digest_of(["language_model", statement, cause.change_type])[:12],
        statement=statement,
        change_type=cause.change_type,
        findings=tuple(f.id for f in _of(cause, findings)),
        predicted_effect=cause.predicted_effect,
        slices=tuple(s for s in dict.fromkeys(cause.slices) if s in known),
        places=places,
    )


def _knowledge(dossier: Dossier) -> str:
    """Published entries that fit the losses, with their sources."""
    entries = [hit.entry for hit in dossier.knowledge[:5]]
    return "\n".join(f"{e.title}: {one_line(e.text, 500)} ({e.source})" for e in entries) or "none"
