"""The archive: what this run has tried, best first, as researchers are told of it."""

from __future__ import annotations

from collections.abc import Iterator

from stages.history import candidates_of
from stages.run import Run
from tasks.records.outputs import Decision
from tasks.records.reflection import Outcome, PastTrial
from tasks.records.trial import Verdict

MOST = 50
"""Past trials that a researcher is told of."""
MOST_DIFF = 3_000
_STANDING = {"accepted": 0, "superseded": 1, "traded": 1, "indecisive": 1, "overfit": 2}


def archive_of(run: Run) -> tuple[PastTrial, ...]:
    """Earlier rounds' candidates: accepted ones, then what was not refuted, each by its gain."""
    trials = [
        _past(round_, outcome, decision)
        for round_ in run.ledger.rounds(21)
        if round_ < run.round and (decision := run.stored(21, round_, Decision)) is not None
        for outcome in outcomes_of(run, round_, decision.verdicts)
    ]
    return tuple(sorted(trials, key=_rank)[:MOST])


def outcomes_of(run: Run, round_: int, verdicts: tuple[Verdict, ...]) -> Iterator[Outcome]:
    """Every candidate of a round that was tried, with its verdict."""
    known = candidates_of(run, round_)
    for verdict in verdicts:
        candidate = known.get(verdict.candidate)
        if candidate is not None and verdict.verdict != "not_run":
            yield Outcome(proposal=candidate.proposal, diff=candidate.diff, verdict=verdict)


def direction_of(run: Run) -> str:
    """What the researcher advised after the last round."""
    decisions = [run.stored(21, r, Decision) for r in run.ledger.rounds(21) if r < run.round]
    return next((d.direction for d in reversed(decisions) if d is not None), "")


def _past(round_: int, outcome: Outcome, decision: Decision) -> PastTrial:
    proposal, verdict = outcome.proposal, outcome.verdict
    lessons = {lesson.proposal: lesson.text for lesson in decision.lessons}
    return PastTrial(
        id=proposal.id,
        title=proposal.title,
        rationale=proposal.rationale,
        change_type=proposal.change_type,
        researcher=proposal.researcher,
        round=round_,
        verdict=verdict.verdict,
        reason=verdict.reason,
        delta=verdict.dev.delta if verdict.dev is not None else None,
        lesson=lessons.get(proposal.id, ""),
        diff=outcome.diff[:MOST_DIFF],
    )


def _rank(trial: PastTrial) -> tuple[int, float, int, str]:
    delta = trial.delta if trial.delta is not None else float("-inf")
    return _STANDING.get(trial.verdict, 3), -delta, trial.round, trial.id
