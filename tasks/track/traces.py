"""Traces of what DSPy asks of models, kept by MLflow in the home's own store."""

from __future__ import annotations

import os
from pathlib import Path

from tasks.track.store import database

AT_ONCE = {"MLFLOW_ENABLE_ASYNC_TRACE_LOGGING": "false"}
"""A trace is kept when it ends: a killed run loses none, and a change can be linked to its own."""


def open_traces(home: Path, experiment: str) -> None:
    """Traces go to this experiment from now on. For the thread that DSPy is configured in."""
    os.environ.update(AT_ONCE)
    import mlflow

    mlflow.set_tracking_uri(database(home))
    mlflow.set_experiment(experiment_id=experiment)
    mlflow.dspy.autolog(silent=True)


def current_trace() -> str:
    """The id of the trace of the call in hand; empty outside of any."""
    import mlflow

    span = mlflow.get_current_active_span()
    return str(span.trace_id) if span is not None else ""
