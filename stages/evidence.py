"""Evidence about any tree of the run, base or champion, and the dossier made of it."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

from stages.run import Run
from tasks.diagnose import map_code, read_trace, tracer_environment, tracer_folder
from tasks.diagnose import samples as pick_samples
from tasks.diagnose import slice_failures as slice_scores
from tasks.errors import PredictError
from tasks.ledger import Spending
from tasks.records.dossier import Dossier, MetricCard
from tasks.records.evidence import FlowTrace
from tasks.records.outputs import Experience, Failures, Knowledge
from tasks.records.score import Evaluation
from tasks.test import Invocation, WorkItem
from tasks.test.sandbox import discard

TRACED_ITEMS = 60


def trace_of(run: Run, commit: str) -> FlowTrace:
    """A traced run of one commit on some items of one development group.

    A target that cannot be traced leaves an empty trace and a stated degradation: the research
    goes on with less evidence.
    """
    if run.target.metric.kind != "predictions":
        return FlowTrace(flows=())
    items = _traced_items(run)
    scratch = Path(tempfile.mkdtemp(prefix="trace-", dir=run.folder))
    scratch.chmod(0o755)
    try:
        plain = run.evaluator.probe(commit, items, run.seed, [run.workspace.base])
        return _traced(run, commit, items, scratch, plain.seconds)
    except PredictError as error:
        run.degrade(f"the target cannot be traced: {error.cause}", "no record-flow evidence")
        return FlowTrace(flows=())
    finally:
        discard(scratch)


def failures_of(run: Run, evaluation: Evaluation) -> Failures:
    """Failure slices of an evaluation, and a sample of its items."""
    items = {i.id: i for i in run.benchmark.items} if run.benchmark is not None else {}
    slices = run.slices
    return Failures(
        report=slice_scores(evaluation, items, slices, run.target.slices, run.target.sign),
        samples=pick_samples(evaluation, items, run.target.sign, run.seed),
    )


def dossier_of(
    run: Run,
    champion: str,
    *,
    failures: Failures,
    trace: FlowTrace,
    knowledge: Knowledge,
    experience: Experience,
    tried: frozenset[str] = frozenset(),
) -> Dossier:
    """What the researcher gets about the champion."""
    target, tree = run.target, run.workspace.checkout(champion)
    metric = target.metric
    return Dossier(
        root=tree,
        base=champion,
        editable=target.editable,
        protected=target.protected,
        metric=MetricCard(
            name=metric.name,
            kind=metric.kind,
            direction=metric.direction,
            unit=metric.unit,
            notes=metric.notes,
        ),
        code_map=map_code(tree, target.editable, target.protected),
        trace=trace,
        failures=failures.report,
        samples=failures.samples,
        knowledge=knowledge.hits,
        experience=experience.hits,
        hyperparameters=tuple(f"{h.file}:{h.key}" for h in target.hyperparameters),
        seed=run.seed,
        tried=tried,
    )


def _traced_items(run: Run) -> tuple[WorkItem, ...]:
    workload = run.workload
    smallest = min(workload.dev, key=lambda group: (len(workload.of_groups([group])), group))
    return workload.of_groups([smallest])[:TRACED_ITEMS]


def _traced(
    run: Run, commit: str, items: tuple[WorkItem, ...], scratch: Path, plain_seconds: float
) -> FlowTrace:
    output = scratch / "out" / "trace.json"
    output.parent.mkdir()
    tree = run.workspace.checkout(commit)
    texts = {item.id: str(run.workload.item(item.id).question) for item in items}
    texts |= {
        item.id: str(run.workload.item(item.id).question["question"])
        for item in items
        if "question" in run.workload.item(item.id).question
    }
    environment = tracer_environment(
        output, texts, tree, run.target.environment.variables.get("PYTHONPATH", "")
    )
    extra = Invocation(
        environment=environment,
        readable=(tracer_folder(),),
        writable=(output.parent,),
    )
    measurement = dataclasses.replace(run.measurement, extra=extra)  # type: ignore[type-var]
    traced = dataclasses.replace(run.evaluator, measurement=measurement)
    measured = traced.probe(commit, items, run.seed, [run.workspace.base])
    run.ledger.append(
        "spending",
        Spending(
            purpose="probe", tree=run.workspace.tree_of(commit), split="dev", seed=run.seed,
            items=2 * len(items), share=2 * len(items) / max(run.workload.size("dev"), 1),
            seconds=measured.seconds + plain_seconds, cached=False, at=0.0,
        ),
    )  # fmt: skip
    return read_trace(output, plain_seconds)
