"""What a researcher is briefed with: the records of a round that make the champion's dossier."""

from __future__ import annotations

from typing import TypedDict

from stages.evidence import dossier_of, trace_of
from stages.probing import probes_again
from stages.recall import champion_of, current_failures
from stages.run import Run
from tasks.records.dossier import Dossier
from tasks.records.evidence import FlowTrace
from tasks.records.outputs import Baseline, Decision, Experience, Failures, Knowledge, Pin


class Briefing(TypedDict):
    """The records that every thinking stage consumes, by the names the graph gives them."""

    pin: Pin
    baseline: Baseline
    trace: FlowTrace
    failures: Failures
    knowledge: Knowledge
    experience: Experience
    decision: Decision | None


def dossier_now(run: Run, briefing: Briefing) -> Dossier:
    """The dossier of this round's champion, made once a round."""
    pin, decision = briefing["pin"], briefing["decision"]
    champion = champion_of(pin, decision)
    key = (run.round, champion)
    if key not in run.dossiers:
        moved = run.workspace.tree_of(champion) != pin.tree
        lost = current_failures(run, pin, briefing["baseline"], briefing["failures"], decision)
        if moved:
            lost = lost.model_copy(
                update={"probes": probes_again(run, champion, briefing["failures"].probes)}
            )
        run.dossiers[key] = dossier_of(
            run,
            champion,
            failures=lost,
            trace=trace_of(run, champion) if moved else briefing["trace"],
            knowledge=briefing["knowledge"],
            experience=briefing["experience"],
            tried=run.tried_on(champion),
        )
    return run.dossiers[key]
