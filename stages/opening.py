"""Opening the seal: the one way to what a run holds out."""

from __future__ import annotations

from stages.run import Run
from tasks.records.score import Evaluation


def open_sealed(run: Run, commit: str, purpose: str, seed: int | None = None) -> Evaluation:
    """The only way to the sealed split: counted, logged, and evaluated with a permit.

    `seed` is the run's own, unless luck is what is looked at.
    """
    permit = run.seal.open(run.workspace.tree_of(commit), purpose)
    evaluation = run.evaluator.evaluate(
        commit,
        purpose="sealed",
        seed=run.seed if seed is None else seed,
        split="sealed",
        parents=[run.workspace.base],
        permit=permit,
    )
    if evaluation.seed == run.seed:
        run.ledger.append("sealed", evaluation)
    return evaluation
