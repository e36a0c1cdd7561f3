"""What a run asked of its model, read from the ledger: in all, by stage, and by change."""

from __future__ import annotations

from collections import Counter

from stages.desk import CALLS, EVENTS, limit_in
from stages.run import Run
from tasks.records.change import Proposal
from tasks.records.usage import ModelCall, ModelEntry, ModelEvent, Usage, total


def model_entry(run: Run) -> ModelEntry | None:
    """The model's part of the document; None where no model was asked or is to be asked."""
    if not run.settings.model:
        return None
    calls = tuple(run.ledger.read(CALLS, ModelCall))
    events = tuple(run.ledger.read(EVENTS, ModelEvent))
    stages = dict.fromkeys(call.stage for call in calls)
    return ModelEntry(
        name=run.settings.model,
        models=tuple(dict.fromkeys(call.model for call in calls)),
        sources=tuple(dict.fromkeys(call.source for call in calls)),
        total=total(calls),
        by_stage={s: total(call for call in calls if call.stage == s) for s in stages},
        events=dict(sorted(Counter(event.kind for event in events).items())),
        stopped=limit_in(events),
    )


def usage_of(run: Run, proposal: Proposal) -> tuple[Usage | None, tuple[str, ...]]:
    """What a change cost in calls of its own, and the MLflow traces that it came from.

    A change is drafted under its hypothesis, and a refinement under the change that it refines.
    """
    own = [call for call in run.ledger.read(CALLS, ModelCall) if _belongs(call, proposal)]
    traces = tuple(dict.fromkeys(call.trace for call in own if call.trace))
    return (total(own) if own else None), traces


def _belongs(call: ModelCall, proposal: Proposal) -> bool:
    if call.proposal == proposal.id:
        return call.stage != "decide"
    if proposal.refines:
        return call.proposal == proposal.refines and call.stage == "decide"
    return bool(call.proposal) and call.proposal == proposal.hypothesis
