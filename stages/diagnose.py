"""Phase diagnose, stages 10-11: where the fault may lie, and what would explain it."""

from __future__ import annotations

from stages.evidence import dossier_of, trace_of
from stages.recall import champion_of, current_failures
from stages.run import Run
from tasks.records.dossier import Dossier
from tasks.records.evidence import CodeMap, FlowTrace
from tasks.records.outputs import (
    Baseline,
    Decision,
    Experience,
    Failures,
    Findings,
    Hypotheses,
    Knowledge,
    Pin,
)


def localize_faults(
    run: Run,
    pin: Pin,
    baseline: Baseline,
    code_map: CodeMap,
    trace: FlowTrace,
    failures: Failures,
    knowledge: Knowledge,
    experience: Experience,
    decision: Decision | None,
) -> Findings:
    """10: the researcher's suspicious places in the champion's code, strongest first."""
    del code_map  # of the base; the dossier maps the champion
    dossier = dossier_now(run, pin, baseline, trace, failures, knowledge, experience, decision)
    return Findings(findings=run.researcher.diagnose(dossier))


def form_hypotheses(
    run: Run,
    pin: Pin,
    baseline: Baseline,
    trace: FlowTrace,
    failures: Failures,
    knowledge: Knowledge,
    experience: Experience,
    findings: Findings,
    decision: Decision | None,
) -> Hypotheses:
    """11: causes that would explain the findings, with predicted effects."""
    dossier = dossier_now(run, pin, baseline, trace, failures, knowledge, experience, decision)
    return Hypotheses(hypotheses=run.researcher.hypothesize(dossier, findings.findings))


def dossier_now(
    run: Run,
    pin: Pin,
    baseline: Baseline,
    trace: FlowTrace,
    failures: Failures,
    knowledge: Knowledge,
    experience: Experience,
    decision: Decision | None,
) -> Dossier:
    """The dossier of this round's champion, made once a round."""
    champion = champion_of(pin, decision)
    key = (run.round, champion)
    if key not in run.dossiers:
        moved = run.workspace.tree_of(champion) != pin.tree
        run.dossiers[key] = dossier_of(
            run,
            champion,
            failures=current_failures(run, pin, baseline, failures, decision),
            trace=trace_of(run, champion) if moved else trace,
            knowledge=knowledge,
            experience=experience,
            tried=run.tried_on(champion),
        )
    return run.dossiers[key]
