"""Opening the seal: the one way to what a run holds out."""

from __future__ import annotations

from collections.abc import Sequence

from stages.run import Run
from tasks.records.score import Evaluation
from tasks.test.evaluator import Permit


def open_sealed(run: Run, commit: str, purpose: str, seed: int | None = None) -> Evaluation:
    """One tree on the sealed split: counted, logged, and evaluated with a permit.

    `seed` is the run's own, unless luck is what is looked at.
    """
    permit = run.seal.open(run.workspace.tree_of(commit), purpose)
    return _looked(run, commit, permit, run.seed if seed is None else seed)


def open_rivals(run: Run, commits: Sequence[str]) -> list[Evaluation]:
    """Several trees on the sealed split, named before any is scored: one opening."""
    trees = [run.workspace.tree_of(commit) for commit in commits]
    permits = run.seal.open_together(trees, "rivals")
    pairs = zip(commits, trees, strict=True)
    return [_looked(run, commit, permits[tree], run.seed) for commit, tree in pairs]


def may_open(run: Run, commits: Sequence[str]) -> bool:
    """Whether these trees may be looked at: an opening is left, or they were seen before."""
    trees = {run.workspace.tree_of(commit) for commit in commits}
    seen = all(any(look.shows(tree) for look in run.seal.log()) for tree in trees)
    return seen or run.seal.left() > 0


def _looked(run: Run, commit: str, permit: Permit, seed: int) -> Evaluation:
    evaluation = run.evaluator.evaluate(
        commit,
        purpose="sealed",
        seed=seed,
        split="sealed",
        parents=[run.workspace.base],
        permit=permit,
    )
    if evaluation.seed == run.seed:
        run.ledger.append("sealed", evaluation)
    return evaluation
