"""A raced trial: a clear loser is stopped before it has cost a full pass, and so is a dull one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tasks.errors import PredictError
from tasks.ledger import Purpose
from tasks.records.score import Evaluation, ItemScore
from tasks.records.trial import Trial
from tasks.test.evaluator import Evaluator
from tasks.test.workload import WorkItem
from tasks.validate import FEWEST_ITEMS, Compare, StopDecision, looks, should_stop

Stops = Callable[[Iterable[ItemScore], Iterable[ItemScore], int, int, int], StopDecision]
"""Whether to stop after a look: see `should_stop`."""
LOOKS = 3
"""Processes of a trial in looks, the one for the select part included."""
UNPROMISING = "no gain on the items that the search sees: the others were not asked"


class Racing(Protocol):
    """Whatever tries candidates against a reference."""

    def run(
        self,
        candidate: str,
        commit: str,
        parents: Sequence[str],
        cancelled: Callable[[], bool] = ...,
        first: Collection[str] = ...,
    ) -> Trial:
        """The trial of one commit; `first` are items that are expected to tell most."""
        ...


@dataclass(frozen=True)
class Race:
    """Runs trials against one reference: its evaluation on the whole development split.

    The items that the search sees come first, in looks; only what gains something there is run on
    the select part too. `in_one_look` runs all at once, where a process for each look would cost
    too much. `stops` tells clear losers.
    """

    evaluator: Evaluator
    reference: Evaluation
    sign: int
    seed: int
    difference: Compare
    purpose: Purpose = "trial"
    in_one_look: bool = False
    stops: Stops = should_stop

    def run(
        self,
        candidate: str,
        commit: str,
        parents: Sequence[str],
        cancelled: Callable[[], bool] = lambda: False,
        first: Collection[str] = (),
    ) -> Trial:
        """The trial of one commit; a crash is its outcome, not an error of the run."""
        batches = self._batches(frozenset(first))
        done: list[WorkItem] = []
        evaluation: Evaluation | None = None
        for number, batch in enumerate(batches):
            if cancelled():
                return self._trial(candidate, "crashed", None, "the run was cancelled", ())
            done += batch
            try:
                evaluation = self.evaluator.evaluate(
                    commit, purpose=self.purpose, seed=self.seed, items=done, parents=parents
                )
            except PredictError as error:
                return self._trial(candidate, "crashed", None, error.cause, ())
            state, why = self._standing(evaluation, done, number, len(batches))
            if state:
                return self._trial(candidate, state, evaluation, why, done)
        return self._trial(candidate, "complete", evaluation, "", done)

    def _standing(
        self, evaluation: Evaluation, done: Sequence[WorkItem], look: int, total: int
    ) -> tuple[str, str]:
        """The state in which a trial ends after this look, and why; empty when it goes on."""
        before = self.reference.among({item.id for item in done})
        stop = self.stops(evaluation.items, before.items, self.sign, look, total)
        if stop.stop:
            return "raced_out", stop.reason
        seen_all = look + 2 == total and bool(self.evaluator.workload.select)
        if seen_all and self.sign * (evaluation.mean - before.mean) <= 0:
            return "unpromising", UNPROMISING
        return "", ""

    def _batches(self, first: Collection[str]) -> tuple[tuple[WorkItem, ...], ...]:
        """What is run one after another: expected to tell most, looks by group, select part."""
        workload = self.evaluator.workload
        everything, by_group = workload.of_split("dev"), workload.search()
        if self.in_one_look:
            return (everything,)
        ahead = tuple(i for items in by_group.values() for i in items if i.id in first)
        seen = sum(len(items) for items in by_group.values())
        if not FEWEST_ITEMS <= len(ahead) <= seen / 2 or len({i.group for i in ahead}) == 1:
            ahead = ()
        sizes = {group: len(items) for group, items in by_group.items()}
        dealt = looks(sizes, self.seed, LOOKS - 1 if workload.select else LOOKS)
        known = {item.id for item in ahead}
        after = (tuple(i for g in look for i in by_group[g] if i.id not in known) for look in dealt)
        select = tuple(item for item in everything if item.id in workload.select)
        return tuple(batch for batch in (ahead, *after, select) if batch)

    def _trial(
        self,
        candidate: str,
        state: str,
        evaluation: Evaluation | None,
        error: str,
        done: Sequence[WorkItem],
    ) -> Trial:
        before = self.reference.among({item.id for item in done})
        total = len(self.reference.items)
        return trial_of(candidate, state, evaluation, error, before, self.difference, total)


def trial_of(
    candidate: str,
    state: str,
    evaluation: Evaluation | None,
    error: str,
    reference: Evaluation,
    difference: Compare,
    total: int,
) -> Trial:
    """The record of a trial of `total` items in all; a difference takes two at the least."""
    comparable = evaluation is not None and len(evaluation.items) > 1
    share = len(evaluation.items) / total if evaluation else 0.0
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
