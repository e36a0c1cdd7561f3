"""Evidence about any tree of the run, base or champion, and the dossier made of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from stages.archive import archive_of, direction_of
from stages.lab import RunLab, shown_tree
from stages.parts import seen
from stages.run import Run
from stages.traced import traced
from tasks.diagnose import map_code
from tasks.diagnose import samples as pick_samples
from tasks.diagnose import slice_failures as slice_scores
from tasks.errors import PredictError
from tasks.records.dossier import Dossier, MetricCard
from tasks.records.evidence import FlowTrace
from tasks.records.outputs import Experience, Failures, Knowledge
from tasks.records.score import Evaluation, NoiseFloor
from tasks.target import matches
from tasks.test.sandbox import discard


def trace_of(run: Run, commit: str) -> FlowTrace:
    """A traced run of one commit on items of the development split.

    A target that cannot be traced leaves an empty trace and a stated degradation: the research
    goes on with less evidence.
    """
    scratch = Path(tempfile.mkdtemp(prefix="trace-", dir=run.folder))
    scratch.chmod(0o755)
    try:
        return traced(run, commit, scratch)
    except PredictError as error:
        run.degrade(f"the target cannot be traced: {error.cause}", "no record-flow evidence")
        return FlowTrace(flows=())
    finally:
        discard(scratch)


def failures_of(run: Run, evaluation: Evaluation) -> Failures:
    """Failure slices and a sample of those items of an evaluation that the search may see."""
    evaluation = seen(run, evaluation)
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
    noise: NoiseFloor | None = None,
    tried: frozenset[str] = frozenset(),
) -> Dossier:
    """What the researcher gets about the champion."""
    target, tree = run.target, run.workspace.checkout(champion)
    shown = shown_tree(run, champion)
    now = seen(run, run.evaluator.evaluate(champion, purpose="merge", seed=run.seed))
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
        probes=failures.probes,
        knowledge=knowledge.hits,
        experience=experience.hits,
        hyperparameters=tuple(f"{h.file}:{h.key}" for h in target.hyperparameters),
        prompts=tuple(
            path
            for path in run.workspace.files(champion)
            if matches(path, target.prompts) and target.may_edit(path)
        ),
        seed=run.seed,
        shown=shown,
        score=now.mean,
        noise=noise,
        archive=archive_of(run),
        direction=direction_of(run),
        lab=RunLab(run, champion, shown or tree),
        tried=tried,
    )
