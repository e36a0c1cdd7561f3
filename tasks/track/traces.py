"""Traces of what DSPy asks of models, kept by MLflow in the home's own store."""

from __future__ import annotations

from pathlib import Path

from tasks.track.store import database


def open_traces(home: Path, experiment: str) -> None:
    """Traces go to this experiment from now on. For the thread that DSPy is configured in.

    They are written behind the run's back, for that takes longer than all else around a call; a
    kill loses those of the last moment.
    """
    import mlflow

    mlflow.set_tracking_uri(database(home))
    mlflow.set_experiment(experiment_id=experiment)
    mlflow.dspy.autolog(silent=True)


def current_trace() -> str:
    """The id of the trace of the call in hand; empty outside of any."""
    import mlflow

    span = mlflow.get_current_active_span()
    return str(span.trace_id) if span is not None else ""


def written() -> None:
    """Waits until all traces so far are in the store."""
    import mlflow

    mlflow.flush_trace_async_logging()
