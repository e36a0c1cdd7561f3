"""Where to look: the addresses of the two UIs, and starting or stopping them."""

from __future__ import annotations

import os
from pathlib import Path

from flows.server import ensure_server, known_server, stop_server
from tasks.track import known_ui, start_ui, stop_ui


def addresses(home: Path, prefect: str) -> dict[str, str]:
    """What the ending prints of UIs that answer now, beside the command that opens both."""
    found = {"Prefect UI": prefect or known_server(home), "MLflow UI": known_ui(home)}
    return {name: address for name, address in found.items() if address}


def start_all(home: Path) -> tuple[str, ...]:
    """Starts both UIs, or finds them running; a line for each."""
    home.mkdir(parents=True, exist_ok=True)
    server = ensure_server(home)
    return (f"Prefect  {server.ui}", f"MLflow   {start_ui(home, _mlflow_port())}")


def stop_all(home: Path) -> tuple[str, ...]:
    """Stops those that this home started."""
    return (
        f"Prefect  {'stopped' if stop_server(home) else 'was not started from here'}",
        f"MLflow   {'stopped' if stop_ui(home) else 'was not started from here'}",
    )


def _mlflow_port() -> int:
    return int(os.environ.get("WHETSTONE_MLFLOW_PORT", "5000"))
