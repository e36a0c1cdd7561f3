"""Runs the metamorphic probes on a tree: development items only, a few, and within a time bound."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from memory_systems.benchmark import Benchmark, Item
from stages.probing_suite import suite_probes
from stages.run import Run
from tasks.diagnose.probes import (
    GROWING,
    PROBES,
    Case,
    Given,
    compared,
    contained,
    larger,
    limit_knob,
)
from tasks.errors import ContractError, PredictError
from tasks.ledger import Spending
from tasks.propose.settings_file import apply_settings, name_of, read_settings
from tasks.records.evidence import ProbeResult
from tasks.records.score import ItemScore
from tasks.test import Invocation, Predictions, WorkItem
from tasks.test.sandbox import discard

PROBED_ITEMS = 20
PART = 0.02
"""What the probes of the base may take of the run's time; those of a champion half of it."""

Scores = Mapping[str, ItemScore]


def probes_of(run: Run, commit: str) -> tuple[ProbeResult, ...]:
    """What the relations show on some items of one development group.

    A probe that the time does not suffice for says so in place of a result.
    """
    kind = run.target.metric.kind
    if kind == "pytest":
        return suite_probes(run, commit)
    if kind != "predictions":
        return ()
    return _measured(run, commit, None)


def probes_again(
    run: Run, commit: str, earlier: tuple[ProbeResult, ...]
) -> tuple[ProbeResult, ...]:
    """The relations that an earlier tree violated, checked on this one as far as the time goes."""
    violated = {result.relation: result for result in earlier if result.violations}
    if run.target.metric.kind != "predictions" or not violated:
        return tuple(violated.values())
    found = {r.relation: r for r in _measured(run, commit, frozenset(violated)) if not r.reason}
    return tuple(found.get(relation, result) for relation, result in violated.items())


def _measured(run: Run, commit: str, wanted: frozenset[str] | None) -> tuple[ProbeResult, ...]:
    """Results of the relations that are wanted; None: of all."""
    bench = _Bench(run, commit, PART if wanted is None else PART / 2)
    try:
        base = bench.measure(bench.benchmark, bench.items, {})
    except PredictError as error:
        run.degrade(f"the target cannot be probed: {error.cause}", "no metamorphic evidence")
        return ()
    growth = _growth(bench, base) if wanted is None or GROWING in wanted else ()
    return (*_relations(bench, base, wanted), *growth)


class _Bench:
    """The items, the clock and the ledger of one round of probing."""

    def __init__(self, run: Run, commit: str, part: float) -> None:
        self.run, self.commit = run, commit
        assert run.benchmark is not None
        assert isinstance(run.measurement, Predictions)
        self.benchmark, self.predictions = run.benchmark, run.measurement
        few = run.workload.smallest_group()[:PROBED_ITEMS]
        self.group, chosen = few[0].group, {item.id for item in few}
        self.items = tuple(item for item in self.benchmark.items if item.id in chosen)
        self.bound = part * run.minutes * 60
        self.spent = 0.0

    @property
    def out_of_time(self) -> bool:
        """Whether the bound is reached."""
        return self.spent > self.bound

    def measure(
        self,
        benchmark: Benchmark,
        items: Sequence[Item],
        environment: Mapping[str, str],
        tree: Path | None = None,
    ) -> Scores:
        """Predictions for these items by id, counted in the ledger. Raises PredictError."""
        run, began = self.run, time.monotonic()
        extra = Invocation(environment=environment)
        measurement = dataclasses.replace(self.predictions, benchmark=benchmark, extra=extra)
        work = [WorkItem(item.id, item.group, item.slices) for item in items]
        try:
            with run.evaluator.borrowed(self.commit, [run.workspace.base]) as (scratch, cache):
                root = tree or run.workspace.checkout(self.commit)
                measured = measurement.run(root, work, run.seed, cache, scratch)
        finally:
            seconds = time.monotonic() - began
            self.spent += seconds
            run.ledger.append(
                "spending",
                Spending(
                    purpose="probe", tree=run.workspace.tree_of(self.commit), split="dev",
                    seed=run.seed, items=len(items),
                    share=len(items) / max(run.workload.size("dev"), 1), seconds=seconds,
                    cached=False, at=time.time(),
                ),
            )  # fmt: skip
        return {score.item: score for score in measured.scores}


def _relations(bench: _Bench, base: Scores, wanted: frozenset[str] | None) -> Iterator[ProbeResult]:
    before = {item: score.prediction for item, score in base.items()}
    given = Given(bench.benchmark.contexts[bench.group], bench.items, before)
    unsteady: set[str] = set()
    for probe in (p for p in PROBES if wanted is None or p.relation in wanted):
        case = probe.case(given)
        if isinstance(case, str):
            yield ProbeResult(relation=probe.relation, reason=case)
            continue
        if bench.out_of_time:
            yield _skipped(bench, probe.relation)
            continue
        result = _checked(bench, probe.relation, case, before, unsteady)
        if probe.relation == "determinism":
            unsteady.update(result.violations)
        yield result


def _checked(
    bench: _Bench, relation: str, case: Case, before: Mapping[str, str], unsteady: set[str]
) -> ProbeResult:
    """One run on the changed input; a crash there violates the relation for every item."""
    names = {item.id: case.names.get(item.id, item.id) for item in bench.items}
    items = [
        dataclasses.replace(item, id=names[item.id], question=case.questions[item.id])
        for item in bench.items
    ]
    contexts = {**bench.benchmark.contexts, bench.group: case.context}
    changed = dataclasses.replace(bench.benchmark, items=tuple(items), contexts=contexts)
    spent = bench.spent
    try:
        scores = bench.measure(changed, items, case.environment)
        after = {item: scores[name].prediction for item, name in names.items()}
    except PredictError as error:
        after = dict.fromkeys(before, f"[failed: {error.cause.splitlines()[0][:200]}]")
    result = compared(relation, case, before, after, unsteady)
    return result.model_copy(update={"seconds": bench.spent - spent})


def _growth(bench: _Bench, base: Scores) -> Iterator[ProbeResult]:
    """The limit doubled in a copy of the tree."""
    knob = limit_knob(bench.run.target.hyperparameters)
    if knob is None:
        yield ProbeResult(relation=GROWING, reason="no declared knob limits what is retrieved")
        return
    if bench.out_of_time:
        yield _skipped(bench, GROWING)
        return
    spent = bench.spent
    with _copied(bench) as tree:
        try:
            value = read_settings(tree, [knob])[name_of(knob)]
            grown = larger(knob, value)
            if grown is None:
                yield ProbeResult(relation=GROWING, reason=f"{knob.key} cannot grow")
                return
            path = tree / knob.file
            text = path.read_text(encoding="utf-8")
            path.write_text(apply_settings(text, knob.file, {knob.key: grown}), encoding="utf-8")
            scores = bench.measure(bench.benchmark, bench.items, {}, tree)
        except (ContractError, PredictError) as error:
            yield ProbeResult(relation=GROWING, reason=error.cause.splitlines()[0][:200])
            return
    result = contained(
        f"{knob.key} grows from {value} to {grown}",
        {item: score.retrieved for item, score in base.items()},
        {item: score.retrieved for item, score in scores.items()},
    )
    yield result.model_copy(update={"seconds": bench.spent - spent})


@contextmanager
def _copied(bench: _Bench) -> Iterator[Path]:
    """A copy of the tree that may be changed."""
    folder = Path(tempfile.mkdtemp(prefix="probe-", dir=bench.run.folder))
    folder.chmod(0o755)
    try:
        yield shutil.copytree(bench.run.workspace.checkout(bench.commit), folder / "tree")
    finally:
        discard(folder)


def _skipped(bench: _Bench, relation: str) -> ProbeResult:
    return ProbeResult(
        relation=relation,
        reason=f"the {bench.bound:.0f} s that probes may take of this run were used up",
    )
