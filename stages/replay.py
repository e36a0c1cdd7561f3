"""Replay: base and champion evaluated once more, from nothing, against what the run recorded."""

from __future__ import annotations

from pathlib import Path

from stages.run import Run
from stages.standings import champion_of_run
from tasks.errors import WhetstoneError
from tasks.ledger import Ledger
from tasks.records.base import Record
from tasks.records.outputs import Baseline, Pin
from tasks.records.score import Evaluation
from tasks.test import EvaluationCache, Evaluator, LineageCache


class Replayed(Record):
    """One tree's development score as recorded and as measured again, over the same `n` items."""

    name: str
    commit: str
    recorded: float
    again: float
    moved: int
    n: int


class Replay(Record):
    """`noisy` is how many items moved when the base was repeated: none says that none may now."""

    run: str
    trees: tuple[Replayed, ...]
    noisy: int

    @property
    def agrees(self) -> bool:
        """Whether no tree moved, or the target moves by itself."""
        return self.noisy > 0 or not any(tree.moved for tree in self.trees)


def replay(run: Run, folder: Path) -> Replay:
    """Evaluates both trees on the development split with empty caches in `folder`.

    Nothing is written to the run, and the sealed split stays shut: only stage 20 opens it. Raises
    WhetstoneError for a run without a baseline.
    """
    pin, baseline = run.stored(3, 0, Pin), run.stored(4, 0, Baseline)
    if pin is None or baseline is None:
        raise WhetstoneError(
            f"run {run.id} has no baseline yet: there is nothing to replay",
            f"go on with `whetstone improve {run.settings.contract} --resume {run.id}`",
        )
    evaluator = Evaluator(
        workspace=run.workspace,
        workload=run.workload,
        measurement=run.measurement,
        cache=EvaluationCache(folder / "evaluations"),
        lineage=LineageCache(folder / "lineage"),
        ledger=Ledger(folder),
        scratch=folder / "scratch",
    )
    recorded = {"base": (pin.base, baseline.evaluation)}
    champion = champion_of_run(run, baseline)
    if champion is not None and champion[0] != pin.base:
        recorded["champion"] = champion
    trees = []
    for name, (commit, before) in recorded.items():
        run.progress.note(f"evaluating the {name} again, from nothing")
        after = evaluator.evaluate(commit, purpose="trial", seed=run.seed)
        trees.append(_compared(name, commit, before, after))
    return Replay(run=run.id, trees=tuple(trees), noisy=baseline.noise.items_that_moved)


def _compared(name: str, commit: str, before: Evaluation, after: Evaluation) -> Replayed:
    old, new = before.by_item, after.by_item
    return Replayed(
        name=name,
        commit=commit,
        recorded=before.mean,
        again=after.mean,
        moved=sum(old[item] != new.get(item) for item in old),
        n=len(old),
    )
