"""The evaluator: the one way from a commit to scores, cached, metered and sandboxed."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tasks.errors import PredictError, StageError
from tasks.ledger import Ledger, Purpose, Spending
from tasks.patch.workspace import Workspace
from tasks.records.score import Evaluation, ItemScore
from tasks.test.cache import EvaluationCache, LineageCache
from tasks.test.early import Early
from tasks.test.measured import Measured, Measurement
from tasks.test.pytest_suite import PytestSuite
from tasks.test.sandbox import discard
from tasks.test.workload import Split, WorkItem, Workload


@dataclass(frozen=True)
class Permit:
    """Leave to look at the sealed split for one tree; given out by stage 20's seal alone."""

    tree: str
    opening: int


@dataclass
class Evaluator:
    """Evaluates commits of one workspace on one workload.

    Every call is written to the ledger, cached ones too. Safe to call from several threads.
    """

    workspace: Workspace
    workload: Workload
    measurement: Measurement
    cache: EvaluationCache
    lineage: LineageCache
    ledger: Ledger
    scratch: Path
    _busy: dict[str, threading.Lock] = field(default_factory=dict, repr=False)
    _guard: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def evaluate(
        self,
        commit: str,
        *,
        purpose: Purpose,
        seed: int,
        split: Split = "dev",
        groups: Sequence[str] | None = None,
        parents: Sequence[str] = (),
        permit: Permit | None = None,
        early: Early | None = None,
    ) -> Evaluation:
        """Scores `commit` on the groups of a split (default: all of them).

        `parents` are commits whose cache folders this tree may start from, nearest first. With
        `early`, a suite is run only until the comparison is decided: the evaluation then lacks the
        groups that were not run to their end. Raises PredictError when the target fails,
        StageError for a sealed look without a permit.
        """
        tree = self.workspace.tree_of(commit)
        if split == "sealed" and (permit is None or permit.tree != tree):
            raise StageError(
                f"the sealed split was asked for tree {tree[:12]} without a permit",
                "only stage 20 opens the sealed split; use its seal",
            )
        groups = tuple(groups if groups is not None else self.workload.groups(split))
        with self._tree_lock(tree):
            known = {group: self.cache.get(self._key(tree, group, seed)) for group in groups}
            missing = [group for group in groups if known[group] is None]
            fresh: dict[str, Measured] = {}
            run = 0
            if early is not None:
                missing = [] if early.decided(_passed(known.values())) else missing
                early = early.after(_passed(known.values()))
            try:
                if missing:
                    fresh, run = self._measure(commit, tree, missing, seed, parents, split, early)
            except PredictError:
                failed = Evaluation(tree=tree, split=split, seed=seed, items=())
                self._enter(failed, purpose, len(self.workload.of_groups(missing)), {})
                raise
        measured = {g: fresh[g] if g in fresh else known[g] for g in groups}
        items = tuple(score for m in measured.values() if m is not None for score in m.scores)
        seconds = sum(m.seconds for m in measured.values() if m is not None)
        evaluation = Evaluation(
            tree=tree, split=split, seed=seed, items=items, seconds=seconds, cached=not missing
        )
        self._enter(evaluation, purpose, run, fresh)
        return evaluation

    def probe(
        self, commit: str, items: Sequence[WorkItem], seed: int, parents: Sequence[str]
    ) -> Measured:
        """Runs a few items uncached, as the smoke test does. Raises PredictError."""
        with self.borrowed(commit, parents) as (scratch, cache):
            return self._run(commit, items, seed, cache, scratch)

    @contextmanager
    def borrowed(
        self, commit: str, parents: Sequence[str], split: Split = "dev", keep: bool = False
    ) -> Iterator[tuple[Path, Path]]:
        """A scratch folder for one call, and in it the target's own cache as its lineage left it.

        What is cached for the sealed split is kept apart: its groups are others.
        """
        suffix = "-sealed" if split == "sealed" else ""
        trees = [self.workspace.tree_of(parent) for parent in parents]
        own = self.workspace.tree_of(commit) + suffix
        ancestors = [*(tree + suffix for tree in trees), *trees]
        self.scratch.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{own[:8]}-", dir=self.scratch))
        folder.chmod(0o755)  # the sandbox's user has to pass through it
        try:
            cache = self.lineage.borrow(own, ancestors, folder / "cache")
            yield folder, cache
            if keep:
                self.lineage.keep(own, ancestors, cache)
        finally:
            discard(folder)

    def _measure(
        self,
        commit: str,
        tree: str,
        groups: Sequence[str],
        seed: int,
        parents: Sequence[str],
        split: Split,
        early: Early | None,
    ) -> tuple[dict[str, Measured], int]:
        """Scores by group, and how many items were run, those of unfinished groups included."""
        items = self.workload.of_groups(groups)
        with self.borrowed(commit, parents, split, keep=True) as (scratch, cache):
            measured = self._run(commit, items, seed, cache, scratch, early)
        by_group: dict[str, list[ItemScore]] = {group: [] for group in groups}
        for score in measured.scores:
            by_group[score.group].append(score)
        result = {}
        for group, scores in by_group.items():
            if len(scores) < len(self.workload.of_groups([group])):
                continue  # the run ended before this group did
            share = measured.seconds * len(scores) / max(len(measured.scores), 1)
            result[group] = Measured(tuple(scores), share)
            self.cache.put(self._key(tree, group, seed), result[group])
        return result, len(measured.scores)

    def _run(
        self,
        commit: str,
        items: Sequence[WorkItem],
        seed: int,
        cache: Path,
        scratch: Path,
        early: Early | None = None,
    ) -> Measured:
        tree = self.workspace.checkout(commit)
        if early is not None and isinstance(self.measurement, PytestSuite):
            return self.measurement.run(tree, items, seed, cache, scratch, early)
        return self.measurement.run(tree, items, seed, cache, scratch)

    def _key(self, tree: str, group: str, seed: int) -> str:
        items = [item.id for item in self.workload.of_groups([group])]
        return self.cache.key(
            tree, f"{self.measurement.digest}:{self.workload.digest}", items, seed
        )

    def _tree_lock(self, tree: str) -> threading.Lock:
        with self._guard:
            return self._busy.setdefault(tree, threading.Lock())

    def _enter(
        self, evaluation: Evaluation, purpose: Purpose, run: int, fresh: dict[str, Measured]
    ) -> None:
        size = self.workload.size("sealed" if evaluation.split == "sealed" else "dev")
        self.ledger.append(
            "spending",
            Spending(
                purpose=purpose,
                tree=evaluation.tree,
                split=evaluation.split,
                seed=evaluation.seed,
                items=run,
                share=run / size if size else 0.0,
                seconds=sum(m.seconds for m in fresh.values()),
                cached=evaluation.cached,
                at=time.time(),
            ),
        )


def _passed(measured: Iterable[Measured | None]) -> dict[str, bool]:
    return {s.item: bool(s.score) for m in measured if m is not None for s in m.scores}
