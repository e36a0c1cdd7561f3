"""One traced run of a tree, for each kind of metric, with the scores of the items it covers."""

from __future__ import annotations

import dataclasses
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from stages.run import Run
from tasks.diagnose import read_trace, tracer_environment, tracer_folder
from tasks.diagnose.tracing import FAILS, Mode
from tasks.errors import StageError
from tasks.ledger import Spending
from tasks.records.evidence import FlowTrace
from tasks.target import CommandMetric
from tasks.test import Invocation, Permit, PytestSuite, Split, WorkItem
from tasks.test.jobs import failed, run_job

TRACED_ITEMS = 60
TRACED_TESTS = 600
"""Failing tests come first, then passing ones by seed."""
PATIENCE = 4.0
"""A traced run may take this many times as long as an untraced one."""


def traced(run: Run, commit: str, scratch: Path) -> FlowTrace:
    """A traced run on items of the development split only. Raises PredictError.

    `scratch` is an empty folder that the sandbox's user can pass through.
    """
    (scratch / "out").mkdir()
    if run.target.metric.kind == "predictions":
        return _of_predictions(run, commit, scratch)
    if isinstance(run.measurement, PytestSuite):
        return _of_suite(run, commit, run.measurement, scratch)
    return _of_command(run, commit, scratch)


def traced_tests(
    run: Run, commit: str, tests: Sequence[str], scratch: Path, permit: Permit
) -> FlowTrace:
    """A traced run of held-out tests of a suite, without scores.

    `permit` is the seal's for this tree. Raises PredictError, and StageError without leave.
    """
    if permit.tree != run.workspace.tree_of(commit):
        raise StageError(
            f"held-out tests were to run on {commit[:12]}, and the permit is for another tree",
            "open the seal for the tree that is traced",
        )
    (scratch / "out").mkdir()
    assert isinstance(run.measurement, PytestSuite)
    told = dict.fromkeys(tests, "")
    return _tests_traced(run, commit, run.measurement, told, "sealed", scratch)


def _of_predictions(run: Run, commit: str, scratch: Path) -> FlowTrace:
    """Some items of one group: once plainly, for their scores and the time, and once traced."""
    items = run.workload.smallest_group()[:TRACED_ITEMS]
    plain = run.evaluator.probe(commit, items, run.seed, [run.workspace.base])
    output = scratch / "out" / "trace.json"
    extra = Invocation(
        environment=_environment(run, commit, output, _texts(run, items), "values"),
        readable=(tracer_folder(),),
        writable=(output.parent,),
    )
    measurement = dataclasses.replace(run.measurement, extra=extra)  # type: ignore[type-var]
    evaluator = dataclasses.replace(run.evaluator, measurement=measurement)
    measured = evaluator.probe(commit, items, run.seed, [run.workspace.base])
    _spent(run, commit, 2 * len(items), measured.seconds + plain.seconds)
    trace = read_trace(output, plain.seconds)
    return trace.model_copy(update={"scores": {s.item: s.score for s in plain.scores}})


def _of_suite(run: Run, commit: str, suite: PytestSuite, scratch: Path) -> FlowTrace:
    """The tests of a suite; scores as evaluated."""
    scores = run.evaluator.evaluate(commit, purpose="probe", seed=run.seed).by_item
    chosen = _tests(scores, run.seed)
    told = {item: FAILS if scores[item] < 1 else "" for item in chosen}
    trace = _tests_traced(run, commit, suite, told, "dev", scratch)
    return trace.model_copy(update={"scores": {i: scores[i] for i in chosen}})


def _tests_traced(
    run: Run,
    commit: str,
    suite: PytestSuite,
    told: Mapping[str, str],
    split: Split,
    scratch: Path,
) -> FlowTrace:
    """`told` says of each test whether it fails. It may take PATIENCE times as long as untraced."""
    chosen = list(told)
    output = scratch / "out" / "trace.json"
    extra = Invocation(
        environment=_environment(run, commit, output, told, "tests"),
        readable=(tracer_folder(),),
        writable=(output.parent,),
    )
    patient = dataclasses.replace(suite, extra=extra, habits=suite.habits.slower(PATIENCE))
    with run.evaluator.borrowed(commit, [run.workspace.base], split) as (folder, cache):
        tree = run.workspace.checkout(commit)
        outcome, _ = patient.results(tree, chosen, run.seed, cache, folder)
    _spent(run, commit, len(chosen), outcome.seconds, split)
    if not output.exists():
        raise failed(patient.command, outcome, run.target)
    return read_trace(output)


def _of_command(run: Run, commit: str, scratch: Path) -> FlowTrace:
    """One run of a target that scores itself; scores as evaluated."""
    target, metric = run.target, run.target.metric
    assert isinstance(metric, CommandMetric)
    scores = run.evaluator.evaluate(commit, purpose="probe", seed=run.seed).by_item
    chosen = sorted(scores)[:1]
    output = scratch / "out" / "trace.json"
    with run.evaluator.borrowed(commit, [run.workspace.base]) as (_, cache):
        outcome = run_job(
            target,
            run.sandbox,
            metric.command,
            tree=run.workspace.checkout(commit),
            seed=run.seed * 1000,
            cache=cache,
            readable=(tracer_folder(),),
            writable=(output.parent,),
            names={"output": str(output.parent / "value")},
            environment=_environment(run, commit, output, dict.fromkeys(chosen, ""), "run"),
            seconds=PATIENCE * target.limits.seconds,
            check=False,
        )
    _spent(run, commit, len(chosen), outcome.seconds)
    if outcome.killed or not output.exists():
        raise failed(metric.command, outcome, target)
    return read_trace(output).model_copy(update={"scores": {i: scores[i] for i in chosen}})


def _tests(scores: Mapping[str, float], seed: int) -> list[str]:
    failing = sorted(item for item, score in scores.items() if score < 1.0)
    passing = sorted(set(scores) - set(failing))
    random.Random(seed).shuffle(passing)
    return [*failing, *passing][:TRACED_TESTS]


def _texts(run: Run, items: tuple[WorkItem, ...]) -> dict[str, str]:
    questions = {item.id: run.workload.item(item.id).question for item in items}
    return {name: str(question.get("question", question)) for name, question in questions.items()}


def _environment(
    run: Run, commit: str, output: Path, texts: Mapping[str, str], by: Mode
) -> dict[str, str]:
    given = run.target.environment.variables
    tree = run.workspace.checkout(commit)
    return tracer_environment(output, texts, tree, given, by)


def _spent(run: Run, commit: str, items: int, seconds: float, split: Split = "dev") -> None:
    run.ledger.append(
        "spending",
        Spending(
            purpose="probe", tree=run.workspace.tree_of(commit), split=split, seed=run.seed,
            items=items, share=items / max(run.workload.size(split), 1), seconds=seconds,
            cached=False, at=time.time(),
        ),
    )  # fmt: skip
