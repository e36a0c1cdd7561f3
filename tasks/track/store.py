"""The MLflow store of a home: where it lies, how it is opened, and its errors in our words."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.errors import WhetstoneError

if TYPE_CHECKING:
    from mlflow.tracking import MlflowClient

PRIVATE = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "1",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # the import can hang in a download without it
}
"""What the environment must say before MLflow is imported."""


def database(home: Path) -> str:
    """The store's URI."""
    return f"sqlite:///{home.resolve() / 'mlflow.db'}"


def artifacts(home: Path) -> Path:
    """The folder of diffs and reports."""
    return home.resolve() / "mlflow-artifacts"


def open_client(home: Path) -> MlflowClient:
    """A client of the home's own store, made when missing. Importing MLflow takes seconds."""
    os.environ.update(PRIVATE)
    home.mkdir(parents=True, exist_ok=True)
    from mlflow.tracking import MlflowClient

    for chatty in ("alembic", "mlflow.store.db.utils"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    with explained(home, "making it"):
        _make(home.resolve() / "mlflow.db")
    return MlflowClient(tracking_uri=database(home), registry_uri=database(home))


def _make(store: Path) -> None:
    """Makes the tables under another name: a kill half way would leave a store that never opens."""
    from mlflow.tracking import MlflowClient

    if store.exists():
        return
    for left in store.parent.glob("mlflow-*.part"):
        left.unlink()
    part = store.with_name(f"mlflow-{os.getpid()}.part")
    MlflowClient(tracking_uri=f"sqlite:///{part}").search_experiments(max_results=1)
    part.replace(store)


@contextmanager
def explained(home: Path, doing: str) -> Iterator[None]:
    """Turns what MLflow or the disk says into a WhetstoneError with a cure."""
    from mlflow.exceptions import MlflowException
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (MlflowException, SQLAlchemyError, OSError) as error:
        raise WhetstoneError(
            f"MLflow's store {database(home)} failed while {doing}: {error}",
            "see that the disk has room and no other process migrates the store; move "
            f"{home / 'mlflow.db'} aside to begin a new one, then go on with --resume",
        ) from error
