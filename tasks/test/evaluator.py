"""The evaluator: the one way from a commit to scores, cached, metered and sandboxed."""

from __future__ import annotations

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tasks.errors import PredictError, StageError
from tasks.ledger import Ledger, Purpose, Spending
from tasks.patch.workspace import Workspace
from tasks.records.score import Evaluation
from tasks.test.cache import EvaluationCache, LineageCache
from tasks.test.early import Early
from tasks.test.measured import Measured, Measurement
from tasks.test.pytest_suite import PytestSuite
from tasks.test.sandbox import Meter, Used, discard
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
    meter: Meter = field(default_factory=Meter)
    _busy: dict[str, threading.Lock] = field(default_factory=dict, repr=False)
    _guard: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def evaluate(
        self,
        commit: str,
        *,
        purpose: Purpose,
        seed: int,
        split: Split = "dev",
        items: Sequence[WorkItem] | None = None,
        parents: Sequence[str] = (),
        permit: Permit | None = None,
        early: Early | None = None,
    ) -> Evaluation:
        """Scores `commit` on items of a split (default: all of them).

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
        asked = self.workload.of_split(split) if items is None else items
        wanted = {item.id for item in asked}
        groups = tuple(dict.fromkeys(item.group for item in asked))
        with self._tree_lock(tree):
            known = {group: self.cache.get(self._key(tree, group, seed)) for group in groups}
            before = {group: measured.among(wanted) for group, measured in known.items()}
            missing = _missing(asked, before)
            fresh: dict[str, Measured] = {}
            run = 0
            if early is not None:
                missing = () if early.decided(_passed(before)) else missing
                early = early.after(_passed(before))
            with self.meter.tally() as used:
                try:
                    if missing:
                        fresh, run = self._measure(commit, missing, seed, parents, split, early)
                except PredictError:
                    failed = Evaluation(tree=tree, split=split, seed=seed, items=())
                    self._enter(failed, purpose, len(missing), used, Measured())
                    raise
            for group, measured in fresh.items():
                self.cache.put(self._key(tree, group, seed), known[group].joined(measured))
        whole = Measured()
        for group in groups:
            whole = whole.joined(before[group].joined(fresh.get(group, Measured())))
        evaluation = Evaluation(
            tree=tree,
            split=split,
            seed=seed,
            items=whole.scores,
            seconds=whole.seconds,
            cached=not missing,
        )
        self._enter(evaluation, purpose, run, used, whole)
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
        items: Sequence[WorkItem],
        seed: int,
        parents: Sequence[str],
        split: Split,
        early: Early | None,
    ) -> tuple[dict[str, Measured], int]:
        """Scores by group, and how many items were run, those of unfinished groups included."""
        with self.borrowed(commit, parents, split, keep=True) as (scratch, cache):
            measured = self._run(commit, items, seed, cache, scratch, early)
        result = {}
        for group, asked in Counter(item.group for item in items).items():
            done = measured.among({s.item for s in measured.scores if s.group == group})
            if len(done.scores) == asked:  # else the run ended before this group did
                result[group] = done
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
        self, evaluation: Evaluation, purpose: Purpose, run: int, used: Used, asked: Measured
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
                seconds=used.seconds,
                cached=evaluation.cached,
                at=time.time(),
                cpu_seconds=used.cpu_seconds,
                asked=len(asked.scores) / size if size else 0.0,
                asked_seconds=asked.seconds,
                asked_cpu_seconds=asked.cpu_seconds,
            ),
        )


def _missing(asked: Sequence[WorkItem], known: Mapping[str, Measured]) -> tuple[WorkItem, ...]:
    have = {score.item for measured in known.values() for score in measured.scores}
    return tuple(item for item in asked if item.id not in have)


def _passed(known: Mapping[str, Measured]) -> dict[str, bool]:
    return {s.item: bool(s.score) for measured in known.values() for s in measured.scores}
