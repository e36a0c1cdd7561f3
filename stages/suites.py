"""Suites: where a run on a repository's own tests goes otherwise than one on sampled items.

Which rounds are how large, when a round has seen enough, which of several changes that pass is
preferred, and how the run says that it ended. A half of the held-out tests is asked which of
several changes is the better one (`confirming.py`). The other half never is: it vetoes the one that
was preferred without it (`unseen.py`).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from stages.run import Run
from tasks.records.change import Proposal
from tasks.records.outputs import Decision, Repairs, ScreenDecision, Validation
from tasks.records.score import Evaluation
from tasks.records.trial import Trial

FIRST_ROUND = 8
"""Candidates of a first round; each round in which nothing passes that waits doubles it."""
RIVALS = 4
"""Candidates that are still tried after one has made every visible test pass."""
MOST_RIVALS = 32
SOLVED = "another candidate makes every visible test pass"
ONLY_SEEN = "passes only the tests that it saw"
REFUTED = frozenset({"rejected", "contradicted", "raced_out", "failed", "disqualified"})


def solved(evaluation: Evaluation) -> bool:
    """Whether every test passes."""
    return bool(evaluation.items) and all(item.score for item in evaluation.items)


def round_size(run: Run) -> int:
    """How many candidates a round may try: few at first, for most defects need few."""
    barren = 0
    for round_ in reversed([r for r in run.ledger.rounds(21) if r < run.round]):
        decision = run.stored(21, round_, Decision)
        if decision is None or decision.action in {"accept", "revert"}:
            break
        validation = run.stored(20, round_, Validation)
        if validation is None or not validation.waiting:
            barren += 1
    return int(max(0, min(FIRST_ROUND * 2**barren, run.remaining())))


def rivals_of(run: Run) -> int:
    """How many candidates a round still tries after one that makes every visible test pass.

    Twice as many after each round that the held-out tests vetoed: an opening of the seal shows any
    number of rivals, and openings are few.
    """
    vetoed = 0
    for round_ in (r for r in run.ledger.rounds(20) if r < run.round):
        validation = run.stored(20, round_, Validation)
        vetoed += validation is not None and validation.contradicted
    return int(min(RIVALS * 2**vetoed, MOST_RIVALS))


@dataclass
class Enough:
    """Ends a round `rivals` candidates after the first that makes every visible test pass.

    Which candidates count does not depend on which of them happens to be quicker.
    """

    rivals: int = RIVALS
    first: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def wants(self, position: int) -> bool:
        """Whether the candidate at this place in the round is still to be tried."""
        with self._lock:
            return self.first is None or position <= self.first + self.rivals

    def saw(self, position: int, trial: Trial) -> None:
        """Takes note of a trial."""
        whole = trial.state == "complete" and trial.evaluation is not None
        if whole and trial.evaluation is not None and solved(trial.evaluation):
            with self._lock:
                self.first = position if self.first is None else min(self.first, position)

    def kept(self, trials: Sequence[Trial]) -> tuple[Trial, ...]:
        """The trials, with those beyond the end as not run."""
        return tuple(
            trial if self.wants(position) else not_run(trial.candidate, SOLVED)
            for position, trial in enumerate(trials)
        )


def not_run(candidate: str, reason: str) -> Trial:
    """The trial of a candidate that was not tried."""
    return Trial(
        candidate=candidate, state="not_run", evaluation=None, difference=None, share=0.0,
        error=reason,
    )  # fmt: skip


def still_failing(evaluation: Evaluation) -> str:
    """How many held-out tests fail, in words."""
    failing = sum(not item.score for item in evaluation.items)
    return f"{failing} of {len(evaluation.items)} held-out tests fail"


def rivals_again(run: Run, champion: str) -> tuple[Proposal, ...]:
    """Changes that passed and come again next.

    Those that waited for a round, and those beside one that the held-out tests then vetoed.
    """
    again: dict[str, Proposal] = {}
    for round_ in (r for r in run.ledger.rounds(20) if r < run.round):
        validation, repairs = run.stored(20, round_, Validation), run.stored(17, round_, Repairs)
        if validation is None or repairs is None:
            continue
        for merged in validation.merged_changes:
            again.pop(merged, None)
        passed = {v.candidate for v in validation.verdicts if v.verdict == "superseded"}
        back = passed if validation.contradicted else set(validation.waiting)
        again |= {c.id: c.proposal for c in repairs.ready if c.id in back}
    return tuple(
        proposal.model_copy(update={"priority": 2.0 + proposal.priority})
        for proposal in again.values()
        if proposal.base == champion
    )


def screened(run: Run, proposals: Sequence[Proposal]) -> tuple[ScreenDecision, ...]:
    """Drops the edits that failed before on the same tree, in this run or an earlier one.

    By edit alone: of a hundred mutations in one place all are one idea, and one of them is right.
    """
    entries = run.experience.all(run.target.name) if run.settings.memory else ()
    refuted = {(e.tree, e.edit_digest) for e in entries if e.verdict in REFUTED}
    decisions = []
    for proposal in proposals:
        known = (run.workspace.tree_of(proposal.base), proposal.edit_digest) in refuted
        reason = "this very edit failed before" if known else "this edit was not tried before"
        decisions.append(ScreenDecision(proposal=proposal.id, kept=not known, reason=reason))
    return tuple(decisions)


def concluded(run: Run, decision: Decision, champion: Evaluation) -> Decision:
    """The decision, which ends the run when every visible test passes, with its reason in words."""
    if run.suite is None:
        return decision
    if solved(champion) and decision.action != "revert":
        stop = {"action": "stop", "next_stage": "attribute_gains", "refinements": ()}
        return decision.model_copy(update={**stop, "reason": _why_solved(run, champion, decision)})
    if decision.action != "stop":
        return decision
    failing = sum(not item.score for item in champion.items)
    left = f"{failing} of {len(champion.items)} visible tests still fail"
    if champion.tree == run.workspace.tree_of(run.workspace.base):
        tried = f"no candidate of {run.used()} could be accepted"
        vetoed = _vetoed(run, decision)
        left = f"{tried}{f', {vetoed}' if vetoed else ''}: {left}"
    return decision.model_copy(update={"reason": f"{left}; {decision.reason}"})


def _why_solved(run: Run, champion: Evaluation, decision: Decision) -> str:
    assert run.suite is not None
    if champion.tree != run.workspace.tree_of(run.workspace.base):
        return f"all {len(champion.items)} visible tests pass now{_beyond(run, champion)}"
    if run.suite.failing:
        return f"nothing to mend: all {len(champion.items)} visible tests pass"
    return f"nothing to mend: all {len(run.suite.tests)} tests pass"


def _beyond(run: Run, champion: Evaluation) -> str:
    """What is known of the held-out tests on the champion, in words."""
    sealed = {e.tree: e for e in run.ledger.read("sealed", Evaluation)}
    now, base = (
        sealed.get(tree) for tree in (champion.tree, run.workspace.tree_of(run.workspace.base))
    )
    if now is None or base is None:
        return ""
    if solved(now):
        return f", and all {len(now.items)} held-out ones"
    passing = now.by_item
    mended = any(passing[item.item] for item in base.items if not item.score)
    doubt = "" if mended else ", and none of them that failed is mended"
    return f"; {still_failing(now)}{doubt}"


def _vetoed(run: Run, decision: Decision) -> str:
    earlier = [run.stored(21, r, Decision) for r in run.ledger.rounds(21) if r < run.round]
    verdicts = [v for d in (*earlier, decision) if d is not None for v in d.verdicts]
    vetoed = sum(v.verdict == "contradicted" for v in verdicts)
    only = sum(v.verdict == "contradicted" and v.reason == ONLY_SEEN for v in verdicts)
    if not vetoed:
        return ""
    return f"{only} of them {ONLY_SEEN}" if only == vetoed else f"{vetoed} vetoed by held-out tests"
