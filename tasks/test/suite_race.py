"""A suite's trial: failing tests first, and no further than it takes to know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from tasks.errors import PredictError
from tasks.ledger import Purpose
from tasks.records.score import Evaluation
from tasks.records.trial import Trial
from tasks.test.early import Early
from tasks.test.evaluator import Evaluator
from tasks.test.trials import trial_of
from tasks.validate import Compare


@dataclass(frozen=True)
class SuiteRace:
    """Runs trials against one reference, each in one process that ends once it is decided.

    A trial that did not run all tests is `raced_out`: its candidate breaks a test, or mends none.
    """

    evaluator: Evaluator
    reference: Evaluation
    seed: int
    difference: Compare
    purpose: Purpose = "trial"

    def run(
        self,
        candidate: str,
        commit: str,
        parents: Sequence[str],
        cancelled: Callable[[], bool] = lambda: False,
        first: Collection[str] = (),
    ) -> Trial:
        """The trial of one commit; a crash is its outcome, not an error of the run.

        Failing tests are always first: `first` adds nothing to that.
        """
        del first
        if cancelled():
            return self._trial(candidate, "crashed", None, "the run was cancelled")
        early = Early.against(self.reference)
        try:
            evaluation = self.evaluator.evaluate(
                commit, purpose=self.purpose, seed=self.seed, parents=parents, early=early
            )
        except PredictError as error:
            return self._trial(candidate, "crashed", None, error.cause)
        if len(evaluation.items) == len(self.reference.items):
            return self._trial(candidate, "complete", evaluation, "")
        passed = {item.item: bool(item.score) for item in evaluation.items}
        why = early.decided(passed) or "it breaks a test, or its tests use up their time"
        return self._trial(candidate, "raced_out", evaluation, why)

    def _trial(
        self, candidate: str, state: str, evaluation: Evaluation | None, error: str
    ) -> Trial:
        reference, total = self.reference, len(self.reference.items)
        return trial_of(candidate, state, evaluation, error, reference, self.difference, total)
