"""Phase publish, stages 22-23: who earned what, and the page that says so."""

from __future__ import annotations

from stages.accepted import accepted_changes
from stages.credit import measure_credit
from stages.document import build_document
from stages.run import Run
from stages.tracking import finish_tracking
from tasks.records.attribution import Attribution, AutomlArm
from tasks.records.outputs import Baseline, Decision, Pin
from tasks.records.publication import Publication
from tasks.report import write_report


def attribute_gains(
    run: Run, pin: Pin, baseline: Baseline, decision: Decision, automl: AutomlArm | None
) -> Attribution:
    """22: Shapley and leave-one-out credit of every accepted change and type of change."""
    del baseline, automl
    return measure_credit(run, pin.base, decision.champion, accepted_changes(run))


def publish_report(run: Run, pin: Pin, decision: Decision, attribution: Attribution) -> Publication:
    """23: the branch, MLflow, and the report."""
    del attribution
    branch = f"whetstone/{run.id}"
    run.workspace.branch(branch, decision.champion)
    document = build_document(run)
    page = write_report(document, run.folder)
    tracked = finish_tracking(run, document)
    return Publication(
        branch=branch,
        champion=decision.champion,
        repository=str(run.workspace.folder / "repository"),
        report=str(page),
        mlflow_run=tracked,
        base=pin.base,
    )
