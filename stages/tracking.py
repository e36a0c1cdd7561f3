"""MLflow: one parent run, and a nested run for every candidate, rejected ones too."""

from __future__ import annotations

from collections.abc import Sequence

from stages.changes import Tracked, entry_of
from stages.evaluations import arms_of
from stages.rulings import rulings
from stages.run import Run
from tasks.records.document import RunDocument
from tasks.records.outputs import Baseline, Trials
from tasks.records.score import Evaluation
from tasks.records.trial import Verdict
from tasks.track import current_trace


def open_tracking(run: Run, baseline: Baseline) -> str:
    """The parent MLflow run with the baseline in it; found again on resumption."""
    parent = run.tracker.start_run(
        run.id,
        {
            "target": run.target.name,
            "researcher": run.settings.researcher,
            "model": run.settings.model,
            "seed": run.seed,
            "experiments": run.experiments,
            "minutes": run.minutes,
            "sandbox": run.sandbox.name,
            "metric": run.target.metric.name,
        },
    )
    run.tracker.log_baseline(run.id, baseline.summary, baseline.noise)
    return parent


def log_round(run: Run, baseline: Baseline, trials: Trials, verdicts: Sequence[Verdict]) -> None:
    """Logs every candidate of a round with its diff, scores, verdict and reason."""
    if not run.settings.tracking:
        return
    open_tracking(run, baseline)
    ruled = rulings(run)
    by_trial = {trial.candidate: trial for trial in trials.trials}
    for verdict in verdicts:
        trial = by_trial.get(verdict.candidate)
        evaluation = trial.evaluation if trial is not None else None
        scored = evaluation is not None and len(evaluation.items) > 1
        entry = entry_of(run, run.round, verdict, ruling=ruled.get(verdict.candidate))
        nested = run.tracker.log_candidate(
            run.id,
            entry,
            run.summary(evaluation) if evaluation and scored else None,
            trial,
        )
        if entry.traces:
            run.tracker.link(nested, entry.traces)
        page = run.tracker.page(nested)
        run.ledger.append(
            "tracked", Tracked(candidate=verdict.candidate, mlflow_run=nested, page=page)
        )


def trace_models(run: Run) -> None:
    """Traces what the run asks of its model; in the thread that runs the stages, once a process."""
    if run.desk is not None and run.settings.tracking:
        run.tracker.trace_models()
        run.desk.trace_now = current_trace


def finish_tracking(run: Run, document: RunDocument) -> str:
    """Logs the whole run; returns the parent's MLflow id, empty without tracking."""
    if not run.settings.tracking:
        return ""
    return run.tracker.finish(document, run.folder, scores_of(run))


def scores_of(run: Run) -> dict[str, Evaluation]:
    """The evaluations that the run's figures come from, by arm and split."""
    return {
        f"{arm.name.replace(' ', '-')}-{split}": evaluation
        for arm in arms_of(run)
        for split, evaluation in (("dev", arm.dev), ("sealed", arm.sealed))
        if evaluation is not None
    }
