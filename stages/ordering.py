"""The order in which changes that passed are merged: larger gain first, of ties the sensible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from stages.run import Run
from tasks.patch import tokens_changed
from tasks.records.candidate import Candidate
from tasks.records.score import Evaluation


def in_order(
    run: Run, passed: Sequence[Candidate], evaluations: Mapping[str, Evaluation]
) -> list[Candidate]:
    """The changes that passed, each before those that have to add something to it.

    Next comes the most sensible of those within one standard error of the largest gain that is
    left (the rule by which Breiman et al. 1984, "Classification and Regression Trees", prefer the
    simplest model); the error is that of the paired difference between the two. Tests are no
    sample: there only equal gains tie, and of one researcher's edits that tie the one comes first
    for which it has more hope, as that weighs place, evidence and kind.
    """
    if run.suite is not None:
        means = {c.id: evaluations[c.id].mean for c in passed}
        ordered = sorted(passed, key=lambda c: (-means[c.id], *_economy(c)))
        tied = groupby(ordered, key=lambda c: means[c.id])
        return [c for _, group in tied for c in _by_hope(list(group))]
    left, ordered = list(passed), []
    while left:
        best = max(left, key=lambda c: (run.target.sign * evaluations[c.id].mean, c.id))
        ties = [c for c in left if _ties(run, evaluations[best.id], evaluations[c.id])]
        chosen = min([best, *ties], key=lambda c: (not c.proposal.findings, *_economy(c)))
        left.remove(chosen)
        ordered.append(chosen)
    return ordered


def _by_hope(tied: Sequence[Candidate]) -> list[Candidate]:
    """The same candidates; those of one researcher change places by its own priority."""
    waiting: dict[str, list[Candidate]] = {}
    for candidate in sorted(tied, key=lambda c: -c.proposal.priority):
        waiting.setdefault(candidate.proposal.researcher, []).append(candidate)
    return [waiting[c.proposal.researcher].pop(0) for c in tied]


def _ties(run: Run, best: Evaluation, other: Evaluation) -> bool:
    ahead = run.difference(best, other)
    return ahead.delta <= (ahead.error.clustered if ahead.error is not None else 0.0)


def _economy(candidate: Candidate) -> tuple[float, ...]:
    """The smaller and more local edit first, then more findings, then the researcher's priority.

    All of them passed the target's own tests, where it has any: the smoke test saw to that.
    """
    proposal = candidate.proposal
    return (
        tokens_changed(candidate.diff),
        len(candidate.files),
        -len(proposal.findings),
        -proposal.priority,
    )
