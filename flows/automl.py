"""The AutoML flow on its own: scope, pin, baseline, then Optuna and nothing else."""

from __future__ import annotations

from prefect import flow

from flows.improve import execute, keep_arm, remember_flow_run, submitted, task_runner
from stages.automl import run_automl
from stages.document import build_document
from stages.engine import Engine
from stages.graph import PREPARATION
from stages.run import Run
from tasks.records.document import RunDocument
from tasks.records.outputs import Baseline, Pin

BASELINE = 4


def tune(run: Run, sampler: str) -> RunDocument:
    """Stages 1 to 4 and the arm, with as many evaluations as the run has experiments."""
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
        keep_arm(run, lambda: run_automl(run, pin, baseline, run.experiments, sampler))

    automl_flow()
    return build_document(run).model_copy(update={"status": "completed"})
