"""The main flow: 23 stages in rounds, each a Prefect task under its number and name."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from prefect import flow, get_client, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import StateType
from prefect.context import get_run_context
from prefect.states import Crashed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from stages.arms import Budget, run_arm
from stages.document import build_document
from stages.engine import Engine
from stages.graph import Stage
from stages.kept_arms import AUTOML, arm_record, find_arms, keep_arm
from stages.run import Run
from stages.settings import WORKERS
from stages.spent import search_cost
from stages.tracking import finish_tracking, trace_models
from stages.walk import walk
from tasks.records.attribution import AutomlArm
from tasks.records.base import Record
from tasks.records.document import RunDocument
from tasks.records.outputs import Baseline, Decision, Pin
from tasks.records.usage import ModelEvent
from tasks.report import write_report

STRETCH = 1.5
"""Passes that an arm of a run may make for equal compute, as a multiple of equal evaluations."""


def improve(run: Run) -> RunDocument:
    """Runs the whole graph for one run, or what is left of it; returns the run document."""
    run.mapper = submitted
    trace_models(run)
    if run.desk is not None:
        run.desk.tell = show_event

    @flow(
        name="whetstone improve",
        flow_run_name=run.id,
        task_runner=task_runner(),
        validate_parameters=False,
    )
    def improve_flow(target: str, seed: int, experiments: int) -> None:
        remember_flow_run(run)
        research(run, Engine(run))

    improve_flow(run.target.name, run.seed, run.experiments)
    return finished(run)


def research(run: Run, engine: Engine) -> None:
    """The graph in order, each stage a task, with the arms that are wanted."""
    walk(engine, execute, show_round, execute_arms if run.settings.automl else lambda engine: None)


def execute(engine: Engine, stage: Stage, round_: int) -> Record:
    """One stage as a Prefect task."""
    name = stage.label if round_ == 0 else f"{stage.label} · round {round_}"

    @task(name=stage.label, task_run_name=name, cache_policy=NO_CACHE, persist_result=False)
    def stage_task() -> Record:
        return engine.execute(stage, round_)

    return stage_task()


def execute_arms(engine: Engine) -> None:
    """Every arm that was chosen, one after the other, at the budget that the research has used.

    Equal evaluations come first; equal compute goes on to `STRETCH` times as many at the most, so
    that a run ends in foreseeable time.
    """
    run = engine.run
    pin, baseline = engine.state["pin"], engine.state["baseline"]
    assert isinstance(pin, Pin)
    assert isinstance(baseline, Baseline)
    for arm in find_arms(run.settings.arms):
        spent = search_cost(run)
        budget = Budget(spent.passes, spent.seconds, STRETCH * spent.passes)
        made = execute_arm(run, pin, baseline, budget, arm)
        engine.state.setdefault("automl", made)


def execute_arm(
    run: Run, pin: Pin, baseline: Baseline, budget: Budget, arm: str, sampler: str = "tpe"
) -> AutomlArm:
    """One arm as a Prefect task, kept like a stage's record; one that has finished is loaded."""
    known = arm_record(run, arm)
    if known is not None:
        return known

    @task(name="automl arm", task_run_name=f"arm {arm}", cache_policy=NO_CACHE,
          persist_result=False)  # fmt: skip
    def arm_task() -> AutomlArm:
        run.progress.stage_started(AUTOML, f"arm {arm}", 0)
        run.begin_stage()
        start, own = time.monotonic(), time.process_time()
        made = run_arm(run, pin, baseline, budget, arm, sampler)
        seconds = time.monotonic() - start
        keep_arm(run, made, seconds, time.process_time() - own, time.time())
        run.begin_stage()
        best = f"best dev {made.dev.mean:.4f}" if made.dev is not None else made.note
        words = f"{made.evaluations} evaluations, {best}"
        run.progress.stage_finished(AUTOML, seconds, words)
        return made

    return arm_task()


def task_runner() -> TaskRunner[Any]:
    """Threads: each evaluation is a process of its own."""
    runner: ThreadPoolTaskRunner[Any] = ThreadPoolTaskRunner(max_workers=WORKERS)
    return runner


def submitted(label: str, function: Callable[[Any], Any], values: Sequence[Any]) -> list[Any]:
    """The mapper under Prefect: each value is a task run of its own, `WORKERS` at a time."""

    @task(name=label, cache_policy=NO_CACHE, persist_result=False)
    def step(value: Any) -> Any:
        return function(value)

    futures = [step.submit(value) for value in values]
    return [future.result() for future in futures]


def finished(run: Run) -> RunDocument:
    """The document and the report with every stage in them, the last one included."""
    document = build_document(run).model_copy(update={"status": "completed"})
    write_report(document, run.folder)
    finish_tracking(run, document)
    return document


def show_round(number: int, decision: Decision) -> None:
    """The round's verdicts as a Prefect artifact."""
    lines = [f"**{decision.action}**: {decision.reason}", "", "| candidate | verdict | reason |"]
    lines += ["|---|---|---|"]
    lines += [
        f"| {v.candidate} | {v.verdict} | {v.reason.splitlines()[0].replace('|', '/')} |"
        for v in decision.verdicts
    ]
    create_markdown_artifact("\n".join(lines), key=f"round-{number}", description="Verdicts")


def show_event(event: ModelEvent) -> None:
    """What happened to the model, or what it is waited for, as a Prefect artifact."""
    create_markdown_artifact(
        f"**{event.kind.replace('_', ' ')}** {event.stage}\n\n{event.detail}",
        key="model",
        description="Model",
    )


def remember_flow_run(run: Run) -> None:
    """Keeps the flow run's id, and marks the one that a kill left behind as crashed."""
    record = run.folder / "prefect-flow-run"
    if record.is_file():
        mark_crashed(UUID(record.read_text(encoding="utf-8")))
    context = get_run_context()
    record.write_text(str(context.flow_run.id), encoding="utf-8")  # type: ignore[union-attr]


def mark_crashed(flow_run: UUID) -> None:
    """A killed run stays RUNNING in Prefect until somebody says otherwise."""
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs()
        for entry in found:
            if entry.id == flow_run and entry.state_type == StateType.RUNNING:
                client.set_flow_run_state(flow_run, Crashed(message="resumed anew"), force=True)
