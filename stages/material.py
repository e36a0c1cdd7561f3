"""What a run measures on: the items of the target, dealt into splits, and the way to score them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from memory_systems.benchmark import Benchmark
from tasks.files import write_atomically
from tasks.patch import Workspace
from tasks.records.base import digest_of
from tasks.target import Splits, Target
from tasks.test import (
    Collected,
    Measurement,
    Predictions,
    PytestSuite,
    SelfScored,
    WorkItem,
    Workload,
    collect,
    seeds,
)
from tasks.test.sandbox import Sandbox
from tasks.validate import deal, deal_apart


def measurement(
    target: Target, sandbox: Sandbox, benchmark: Benchmark | None, suite: Collected | None
) -> Measurement:
    """How the contract's kind of metric is measured."""
    if target.metric.kind == "predictions":
        assert benchmark is not None
        return Predictions(target, benchmark, sandbox)
    if suite is not None:
        return PytestSuite(target, sandbox, suite.habits)
    return SelfScored(target, sandbox)


def collected(target: Target, sandbox: Sandbox, workspace: Workspace, folder: Path) -> Collected:
    """The base's tests; kept in the run's folder, so that a resumed run has the same ones."""
    kept = folder / "tests.json"
    if not kept.is_file():
        tree = workspace.checkout(workspace.base)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            Path(scratch).chmod(0o755)  # the sandbox's user has to pass through it
            made = collect(target, sandbox, tree, Path(scratch))
        write_atomically(kept, made.model_dump_json())
    return Collected.model_validate_json(kept.read_bytes())


def workload(target: Target, benchmark: Benchmark | None, suite: Collected | None) -> Workload:
    """The items: questions, tests or seeds, whichever the kind of metric has."""
    items, digest = _items(target, benchmark, suite)
    groups, splits = sorted({item.group for item in items}), _splits(target, items)
    if suite is not None:
        dev, sealed = deal_apart(groups, suite.failing_groups, splits)
    else:
        dev, sealed = deal(groups, splits)
    made = Workload(tuple(items), dev, sealed, digest, benchmark)
    if benchmark is None:
        return made
    return made.divided(splits.select_share, splits.seed, target.slices)


def _items(
    target: Target, benchmark: Benchmark | None, suite: Collected | None
) -> tuple[Sequence[WorkItem], str]:
    if benchmark is not None:
        items = [WorkItem(i.id, i.group, i.slices) for i in benchmark.items]
        return items, benchmark.digest
    if suite is not None:
        return suite.items, digest_of([item.id for item in suite.items])
    repeats = seeds(target.budget.repeats)
    return repeats, digest_of([item.id for item in repeats])


def _splits(target: Target, items: Sequence[WorkItem]) -> Splits:
    """The contract's splits; seeds of a self-scored target are dealt by their own names."""
    if target.metric.kind != "command":
        return target.splits
    names = [item.group for item in items]
    return Splits(
        dev=tuple(n for n in names if n.startswith("dev-")),
        sealed=tuple(n for n in names if n.startswith("sealed-")),
    )
