"""Reflection in stage 21: each round's outcomes go back to the researcher, once."""

from __future__ import annotations

from collections.abc import Sequence

from stages.archive import outcomes_of
from stages.briefing import Briefing, dossier_now
from stages.history import tried_on
from stages.run import Run
from tasks.records.change import Proposal
from tasks.records.reflection import Reflection
from tasks.records.trial import Verdict

MOST_REFINED = 2


def reflected(
    run: Run, briefing: Briefing, verdicts: Sequence[Verdict], may_refine: bool
) -> Reflection:
    """What the researcher makes of the round; nothing is asked where nothing was tried."""
    outcomes = tuple(outcomes_of(run, run.round, tuple(verdicts)))
    if not outcomes or run.cancelled or run.out_of_time():
        return Reflection()
    room = min(MOST_REFINED, run.remaining()) if may_refine else 0
    made = run.researcher.reflect(dossier_now(run, briefing), outcomes, room)
    fresh = _untried(run, made.refinements)[:room]
    return made.model_copy(update={"refinements": fresh})


def _untried(run: Run, proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    return tuple(p for p in proposals if p.edit_digest not in tried_on(run, p.base))
