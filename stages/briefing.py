"""What a researcher is briefed with: the records of a round that make the champion's dossier."""

from __future__ import annotations

from typing import TypedDict

from stages.evidence import dossier_of, trace_of
from stages.history import tried_on
from stages.probing import probes_again
from stages.recall import champion_of, current_failures
from stages.run import Observed, Run
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
        lost = current_failures(run, pin, briefing["baseline"], briefing["failures"], decision)
        observed = _observed(run, champion, briefing)
        run.dossiers[key] = dossier_of(
            run,
            champion,
            failures=lost.model_copy(update={"probes": observed.probes}),
            trace=observed.trace,
            knowledge=briefing["knowledge"],
            experience=briefing["experience"],
            noise=briefing["baseline"].noise,
            tried=tried_on(run, champion),
        )
    return run.dossiers[key]


def _observed(run: Run, champion: str, briefing: Briefing) -> Observed:
    """What running the champion shows: of the base as stages 6 and 7 saw it, else run once."""
    probes = briefing["failures"].probes
    if run.workspace.tree_of(champion) == briefing["pin"].tree:
        return Observed(briefing["trace"], probes)
    if champion not in run.observed:
        run.observed[champion] = Observed(
            trace_of(run, champion), probes_again(run, champion, probes)
        )
    return run.observed[champion]
