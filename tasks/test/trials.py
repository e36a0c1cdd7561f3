"""A raced trial: group by group, a clear loser is stopped before it has cost a full pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tasks.errors import PredictError
from tasks.ledger import Purpose
from tasks.records.score import Evaluation
from tasks.records.trial import Trial
from tasks.test.evaluator import Evaluator
from tasks.validate import Compare, looks, should_stop


class Racing(Protocol):
    """Whatever tries candidates against a reference."""

    def run(
        self,
        candidate: str,
        commit: str,
        parents: Sequence[str],
        cancelled: Callable[[], bool] = ...,
    ) -> Trial:
        """The trial of one commit."""
        ...


@dataclass(frozen=True)
class Race:
    """Runs trials against one reference: its evaluation on the whole development split.

    `in_one_look` runs all groups at once, where a process for each look would cost too much.
    """

    evaluator: Evaluator
    reference: Evaluation
    sign: int
    seed: int
    difference: Compare
    purpose: Purpose = "trial"
    in_one_look: bool = False

    def run(
        self,
        candidate: str,
        commit: str,
        parents: Sequence[str],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Trial:
        """The trial of one commit; a crash is its outcome, not an error of the run."""
        workload = self.evaluator.workload
        sizes = {group: len(workload.of_groups([group])) for group in workload.dev}
        batches = (tuple(workload.dev),) if self.in_one_look else looks(sizes, self.seed)
        done: list[str] = []
        evaluation: Evaluation | None = None
        for number, batch in enumerate(batches):
            if cancelled():
                return self._trial(candidate, "crashed", None, "the run was cancelled")
            done += batch
            try:
                evaluation = self.evaluator.evaluate(
                    commit, purpose=self.purpose, seed=self.seed, groups=done, parents=parents
                )
            except PredictError as error:
                return self._trial(candidate, "crashed", None, error.cause)
            if number + 1 < len(batches):
                stop = should_stop(
                    evaluation.items, self.reference.items, self.sign, number, len(batches)
                )
                if stop.stop:
                    return self._trial(candidate, "raced_out", evaluation, stop.reason)
        return self._trial(candidate, "complete", evaluation, "")

    def _trial(
        self, candidate: str, state: str, evaluation: Evaluation | None, error: str
    ) -> Trial:
        return trial_of(candidate, state, evaluation, error, self.reference, self.difference)


def trial_of(
    candidate: str,
    state: str,
    evaluation: Evaluation | None,
    error: str,
    reference: Evaluation,
    difference: Compare,
) -> Trial:
    """The record of a trial; a difference takes two items at the least."""
    comparable = evaluation is not None and len(evaluation.items) > 1
    share = len(evaluation.items) / len(reference.items) if evaluation else 0.0
    return Trial.model_validate(
        {
            "candidate": candidate,
            "state": state,
            "evaluation": evaluation,
            "difference": difference(evaluation, reference)
            if evaluation is not None and comparable
            else None,
            "share": share,
            "error": error,
        }
    )
