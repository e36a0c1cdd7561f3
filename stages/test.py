"""Phase test, stages 18-19: raced trials in the sandbox, and the audit of them."""

from __future__ import annotations

from stages.numbers import tell_numbers
from stages.recall import champion_of
from stages.run import Run
from stages.suites import SOLVED, Enough, not_run, rivals_of
from stages.telling import telling
from tasks.records.candidate import Candidate
from tasks.records.outputs import Audit, Baseline, Decision, Pin, Repairs, Trials
from tasks.records.trial import Trial
from tasks.test import Auditor


def run_trials(run: Run, pin: Pin, repairs: Repairs, decision: Decision | None) -> Trials:
    """18: every ready candidate against the champion, two at a time, clear losers stopped."""
    champion = champion_of(pin, decision)
    reference = run.evaluator.evaluate(champion, purpose="merge", seed=run.seed)
    race = run.race(reference, "trial")
    enough = Enough(rivals_of(run))
    affordable = run.experiments - run.used(but={c.tree for c in repairs.ready})
    position = {candidate.id: number for number, candidate in enumerate(repairs.ready)}

    def trial(candidate: Candidate) -> Trial:
        if not enough.wants(position[candidate.id]):
            return not_run(candidate.id, SOLVED)
        if position[candidate.id] >= affordable:
            return not_run(candidate.id, "the experiments were used up")
        if run.out_of_time() or run.cancelled:
            return not_run(candidate.id, "the time budget was used up")
        run.progress.trial_started(candidate.proposal.title)
        done = race.run(
            candidate.id,
            candidate.commit,
            [candidate.parent, pin.base],
            lambda: run.cancelled,
            telling(run, candidate.proposal),
        )
        if run.suite is not None:
            enough.saw(position[candidate.id], done)
        run.progress.trial_finished(candidate.proposal.title, done.state, _delta(done))
        run.progress.standing(reference.mean, run.used(), run.experiments)
        return done

    trials = enough.kept(run.mapper("trial", trial, repairs.ready))
    tell_numbers(run, champion, reference, repairs, trials)
    return Trials(trials=trials)


def audit_trials(run: Run, pin: Pin, baseline: Baseline, repairs: Repairs, trials: Trials) -> Audit:
    """19: evaluator integrity, scope, leakage, gaming. What fails here cannot be accepted."""
    auditor = Auditor(run.target, run.workspace, pin.protected, run.benchmark)
    candidates = {candidate.id: candidate for candidate in repairs.ready}
    notes = [
        note
        for trial in trials.trials
        if trial.evaluation is not None
        for note in auditor.audit(
            candidates[trial.candidate], trial.evaluation, baseline.evaluation
        )
    ]
    return Audit(notes=tuple(notes))


def _delta(trial: Trial) -> str:
    if trial.difference is None:
        return trial.error.splitlines()[0][:100] if trial.error else ""
    return trial.difference.figures
