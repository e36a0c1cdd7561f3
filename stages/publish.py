"""Phase publish, stages 22-23: who earned what, and the page that says so."""

from __future__ import annotations

from collections.abc import Sequence

from stages.accepted import accepted_changes
from stages.document import build_document
from stages.run import Run
from stages.tracking import finish_tracking
from tasks.attribute import leave_one_out, plan, roll_up
from tasks.errors import PredictError
from tasks.patch import Conflict
from tasks.records.attribution import Attribution, AutomlArm
from tasks.records.candidate import Candidate
from tasks.records.outputs import Baseline, Decision, Pin
from tasks.records.publication import Publication
from tasks.records.score import Evaluation
from tasks.report import write_report


def attribute_gains(
    run: Run, pin: Pin, baseline: Baseline, decision: Decision, automl: AutomlArm | None
) -> Attribution:
    """22: leave-one-out credit of every accepted change, and of each type of change together."""
    del baseline, automl
    changes = accepted_changes(run)
    full = run.evaluator.evaluate(decision.champion, purpose="credit", seed=run.seed)

    def value(left_out: tuple[str, ...]) -> Evaluation | Conflict | PredictError:
        rest = [change for change in changes if change.id not in left_out]
        return _without(run, pin.base, rest, "-".join(left_out))

    types = {change.id: change.proposal.rolled_up for change in changes}
    plans = plan(types)
    values = dict(zip(plans, run.mapper("credit", value, plans), strict=True))
    contributions = leave_one_out(full, types, values, run.difference)
    return Attribution(
        contributions=contributions,
        by_type=roll_up(full, types, values, run.difference),
        full=full,
    )


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


def _without(
    run: Run, base: str, rest: Sequence[Candidate], name: str
) -> Evaluation | Conflict | PredictError:
    """The base with all accepted changes but some; a conflict or a crash is an answer too."""
    head = base
    for change in rest:
        merged = run.workspace.merge(head, [change.commit], f"credit-{name}-{change.id}")
        if isinstance(merged, Conflict):
            return merged
        head = merged
    try:
        parents = [change.commit for change in rest[-1:]]
        return run.evaluator.evaluate(
            head, purpose="credit", seed=run.seed, parents=[*parents, base]
        )
    except PredictError as error:
        return error
