"""Phase diagnose, stages 10-11: where the fault may lie, and what would explain it."""

from __future__ import annotations

from typing import Unpack

from stages.briefing import Briefing, dossier_now
from stages.run import Run
from tasks.records.evidence import CodeMap
from tasks.records.outputs import Findings, Hypotheses


def localize_faults(run: Run, code_map: CodeMap, **briefing: Unpack[Briefing]) -> Findings:
    """10: the researcher's suspicious places in the champion's code, strongest first."""
    del code_map  # of the base; the dossier maps the champion
    return Findings(findings=run.researcher.diagnose(dossier_now(run, briefing)))


def form_hypotheses(run: Run, findings: Findings, **briefing: Unpack[Briefing]) -> Hypotheses:
    """11: causes that would explain the findings, with predicted effects."""
    dossier = dossier_now(run, briefing)
    return Hypotheses(hypotheses=run.researcher.hypothesize(dossier, findings.findings))
