"""MLflow: one parent run, and a nested run for every candidate, rejected ones too."""

from __future__ import annotations

from collections.abc import Sequence

from stages.changes import Tracked
from stages.run import Run
from tasks.records.candidate import Candidate
from tasks.records.outputs import Repairs, Trials
from tasks.records.trial import Verdict
from tasks.validate import summarize


def parent_run(run: Run) -> str:
    """The MLflow run of this run; found again on resumption."""
    return run.tracker.start_run(
        run.id,
        params={
            "target": run.target.name,
            "researcher": run.settings.researcher,
            "seed": run.seed,
            "experiments": run.experiments,
            "minutes": run.minutes,
            "sandbox": run.sandbox.name,
            "metric": run.target.metric.name,
        },
    )


def log_round(run: Run, repairs: Repairs, trials: Trials, verdicts: Sequence[Verdict]) -> None:
    """Logs every candidate of a round that became a commit."""
    parent = parent_run(run)
    by_trial = {trial.candidate: trial for trial in trials.trials}
    by_verdict = {verdict.candidate: verdict for verdict in verdicts}
    known = {t.candidate for t in run.ledger.read("tracked", Tracked)}
    for candidate in repairs.ready:
        if candidate.id not in known:
            _log(run, parent, candidate, by_verdict[candidate.id], by_trial)


def _log(
    run: Run, parent: str, candidate: Candidate, verdict: Verdict, trials: dict[str, object]
) -> None:
    trial = trials.get(candidate.id)
    evaluation = getattr(trial, "evaluation", None)
    scored = evaluation is not None and evaluation.items
    summary = summarize(evaluation, run.workload.slices()) if scored else None
    nested = run.tracker.log_candidate(parent, candidate, verdict, summary, run.round)
    run.ledger.append("tracked", Tracked(candidate=candidate.id, mlflow_run=nested))
