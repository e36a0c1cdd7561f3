"""The AutoML flow on its own: scope, pin, baseline, then one arm and nothing else."""

from __future__ import annotations

from prefect import flow

from flows.improve import execute, execute_arm, remember_flow_run, submitted, task_runner
from stages.arms import Budget
from stages.document import build_document
from stages.engine import Engine
from stages.graph import PREPARATION
from stages.opening import open_sealed
from stages.run import Run
from tasks.records.document import RunDocument
from tasks.records.outputs import Baseline, Pin

BASELINE = 4


def tune(run: Run) -> RunDocument:
    """Stages 1 to 4, the base on the sealed split, and the arm of the run's settings."""
    run.mapper = submitted

    @flow(
        name="whetstone automl",
        flow_run_name=run.id,
        task_runner=task_runner(),
    )
    def automl_flow() -> None:
        remember_flow_run(run)
        engine = Engine(run)
        for stage in PREPARATION:
            if stage.number <= BASELINE:
                execute(engine, stage, 0)
        pin, baseline = engine.state["pin"], engine.state["baseline"]
        assert isinstance(pin, Pin)
        assert isinstance(baseline, Baseline)
        open_sealed(run, pin.base, "baseline")
        settings = run.settings
        budget = Budget(settings.passes or run.experiments, settings.seconds)
        execute_arm(run, pin, baseline, budget, settings.arms, settings.sampler)

    automl_flow()
    return build_document(run).model_copy(update={"status": "completed"})
