"""Composition in stage 20: changes that passed alone are added one by one, measured together."""

from __future__ import annotations

from collections.abc import Sequence

from stages.run import Run
from stages.suites import solved
from tasks.patch import describe, merge_all
from tasks.records.candidate import Candidate
from tasks.records.change import Proposal
from tasks.records.score import Evaluation
from tasks.records.trial import Verdict


def compose(
    run: Run, champion: str, passed: list[Candidate]
) -> tuple[Candidate, tuple[Candidate, ...], Evaluation, dict[str, str]]:
    """Adds changes one by one in the order given, keeping each that still helps.

    Verified gains do not always compose, so every addition is measured on the merge.
    """
    first = passed[0]
    head, held = first.commit, [first]
    best = run.evaluator.evaluate(
        head, purpose="merge", seed=run.seed, parents=[champion, run.workspace.base]
    )
    left: dict[str, str] = {}
    for change in passed[1:]:
        if run.suite is not None and solved(best):
            left[change.id] = "a preferred one makes every visible test pass already"
            continue
        merged, added, conflicts = merge_all(head, [change], run.workspace, f"merge-{run.round}")
        if conflicts:
            left[change.id] = "it conflicts with a stronger change of this round"
            continue
        del added
        evaluation = run.evaluator.evaluate(
            merged, purpose="merge", seed=run.seed, parents=[head, champion, run.workspace.base]
        )
        gain = run.difference(evaluation, best)
        base = run.evaluator.evaluate(run.workspace.base, purpose="merge", seed=run.seed)
        paid = run.trade(evaluation, best) or run.trade(evaluation, base)
        if gain.delta > 0 and not paid:
            head, best = merged, evaluation
            held.append(change)
        else:
            composed = f"its gain does not compose: {gain.delta:+.4f} on top of the others"
            left[change.id] = paid or composed
    merged_candidate = describe(_merge_proposal(champion, held), champion, head, run.workspace)
    return merged_candidate, tuple(held), best, left


def not_added(verdict: Verdict, left: dict[str, str]) -> Verdict:
    """The verdict of a change that passed alone but was left out of the merge, and why."""
    if verdict.candidate not in left:
        return verdict
    return verdict.model_copy(
        update={"verdict": "superseded", "reason": f"passed alone, but {left[verdict.candidate]}"}
    )


def _merge_proposal(champion: str, held: Sequence[Candidate]) -> Proposal:
    strongest = held[0].proposal
    return Proposal(
        id=f"merge-{strongest.id}",
        title="; ".join(candidate.proposal.title for candidate in held),
        rationale="The changes that were accepted in one round, together.",
        change_type=strongest.change_type,
        base=champion,
        edits=(),
        source="merge",
        researcher="whetstone",
    )
