"""Dev verdicts of stage 20: one a trial, held to a level that counts every test of the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from stages.history import dev_outcomes
from stages.run import Run
from tasks.records.outputs import Audit, Trials
from tasks.records.score import Difference
from tasks.records.trial import AuditNote, Trial, Verdict
from tasks.validate import Acceptance, ErrorPrior, error_prior, moderated


@dataclass
class DevTests:
    """The dev tests of one run in order; owns the state of the correction."""

    run: Run
    champion: str
    acceptance: Acceptance
    prior: ErrorPrior

    def verdict(self, trial: Trial, failed_check: AuditNote | None) -> Verdict:
        """What the trial comes to; only a candidate that moved a score is tested."""
        if trial.state != "complete" or trial.difference is None:
            return _without_test(trial)
        if failed_check is not None:
            reason = f"audit {failed_check.check}: {failed_check.detail}"
            return _untested(trial, "disqualified", reason)
        if _is_idle(trial):
            reason = "not one score changed: there is nothing to test"
            return _untested(trial, "indecisive", reason)
        difference = moderated(trial.difference, self.prior)
        level = self.acceptance.level()
        outcome = self.acceptance.decide(difference)
        self.acceptance = self.acceptance.after(outcome)
        paid = _paid(self.run, self.champion, trial) if outcome == "accepted" else ""
        return Verdict(
            candidate=trial.candidate,
            verdict="traded" if paid else outcome,
            reason=paid or _words(difference, level, outcome),
            dev=difference,
            alpha=level,
        )


def dev_verdicts(run: Run, champion: str, trials: Sequence[Trial], audit: Audit) -> list[Verdict]:
    """One verdict a trial; the correction counts every candidate that reached a full dev test."""
    tests = DevTests(
        run=run,
        champion=champion,
        acceptance=Acceptance(planned=run.experiments, outcomes=dev_outcomes(run)),
        prior=error_prior(_full_tests(run, trials)),
    )
    failed = {note.candidate: note for note in audit.notes if not note.passed}
    return [tests.verdict(trial, failed.get(trial.candidate)) for trial in trials]


def _full_tests(run: Run, trials: Sequence[Trial]) -> Iterator[Difference]:
    """The differences of all full dev tests so far, this round's included."""
    earlier = (run.stored(18, round_, Trials) for round_ in range(1, run.round))
    before = (trial for kept in earlier if kept is not None for trial in kept.trials)
    for trial in (*before, *trials):
        if trial.state == "complete" and trial.difference is not None:
            yield trial.difference


def _paid(run: Run, champion: str, trial: Trial) -> str:
    """The slice that pays for the gain, against the champion or against the base."""
    assert trial.evaluation is not None
    references = dict.fromkeys([champion, run.workspace.base])
    found = (
        run.trade(trial.evaluation, run.evaluator.evaluate(commit, purpose="merge", seed=run.seed))
        for commit in references
    )
    return next((words for words in found if words), "")


def _is_idle(trial: Trial) -> bool:
    """No item moved: such a candidate can never be accepted, so it takes no share of the level."""
    d = trial.difference
    return d is not None and d.delta == d.interval.low == d.interval.high == 0


def _words(difference: Difference, level: float, outcome: str) -> str:
    if difference.interval.exact:
        return {
            "accepted": "tests pass that failed, and none fails that passed",
            "rejected": "fewer tests pass",
            "indecisive": "some tests pass that failed, but others fail that passed",
        }[outcome]
    what = {
        "accepted": "better on dev after correction",
        "rejected": "worse on dev",
        "indecisive": "not told apart from no effect",
    }[outcome]
    return f"{what}: p = {difference.p_value:.2g} against a level of {level:.2g}"


def _untested(trial: Trial, verdict: Literal["disqualified", "indecisive"], reason: str) -> Verdict:
    return Verdict(candidate=trial.candidate, verdict=verdict, reason=reason, dev=trial.difference)


def _without_test(trial: Trial) -> Verdict:
    kinds = {"raced_out": "raced_out", "not_run": "not_run"}
    return Verdict.model_validate(
        {
            "candidate": trial.candidate,
            "verdict": kinds.get(trial.state, "failed"),
            "reason": trial.error,
            "dev": trial.difference,
        }
    )
