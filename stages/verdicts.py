"""Dev verdicts of stage 20: one a trial, held to a level that counts every test of the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from stages.history import dev_outcomes
from stages.parts import not_shown, parts_of
from stages.run import Run
from tasks.records.outputs import Audit, Trials
from tasks.records.score import Difference, Evaluation
from tasks.records.trial import AuditNote, Trial, Verdict
from tasks.validate import Acceptance, ErrorPrior, error_prior, moderated


@dataclass
class DevTests:
    """The dev tests of one run in order; owns the state of the correction."""

    run: Run
    champion: str
    reference: Evaluation
    acceptance: Acceptance
    prior: ErrorPrior

    def verdict(self, trial: Trial, failed_check: AuditNote | None) -> Verdict:
        """What the trial comes to; only a candidate that moved a score is tested.

        One whose gain the select part does not show counts as a test that found nothing: as one
        with a p-value of 1, so that the correction can only become stricter.
        """
        if trial.state not in {"complete", "unpromising"} or trial.difference is None:
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
        passed = outcome == "accepted"
        unseen = self._not_shown(trial) if passed else ""
        self.acceptance = self.acceptance.after("indecisive" if unseen else outcome)
        paid = _paid(self.run, self.champion, trial) if passed and not unseen else ""
        words = trial.error or _words(difference, level, outcome)
        return Verdict(
            candidate=trial.candidate,
            verdict="overfit" if unseen else "traded" if paid else outcome,
            reason=unseen or paid or words,
            dev=difference,
            alpha=level,
        )

    def with_parts(self, verdict: Verdict, trial: Trial) -> Verdict:
        """The verdict with what the trial showed on either part of the development items."""
        if trial.evaluation is None:
            return verdict
        return verdict.model_copy(update=parts_of(self.run, trial.evaluation, self.reference))

    def _not_shown(self, trial: Trial) -> str:
        assert trial.evaluation is not None
        return not_shown(self.run, trial.evaluation, self.reference)


def dev_verdicts(run: Run, champion: str, trials: Sequence[Trial], audit: Audit) -> list[Verdict]:
    """One verdict a trial; the correction counts every candidate that reached a full dev test."""
    tests = DevTests(
        run=run,
        champion=champion,
        reference=run.evaluator.evaluate(champion, purpose="merge", seed=run.seed),
        acceptance=Acceptance(planned=run.experiments, outcomes=dev_outcomes(run)),
        prior=error_prior(_full_tests(run, trials)),
    )
    failed = {note.candidate: note for note in audit.notes if not note.passed}
    made = [tests.verdict(trial, failed.get(trial.candidate)) for trial in trials]
    return [tests.with_parts(v, trial) for v, trial in zip(made, trials, strict=True)]


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
