"""MLflow's own pages, served from the home's store by two processes instead of fifteen."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tasks.errors import WhetstoneError
from tasks.ports import HOST, free_port
from tasks.servers import end, is_server
from tasks.track.store import PRIVATE, artifacts, database

DEFAULT_PORT = 5000
_TRIES = 16
_START_SECONDS = 240.0
_LIGHT = {**PRIVATE, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}


def ui_command(home: Path, port: int = DEFAULT_PORT) -> str:
    """The shell command that serves this home's runs."""
    settings = " ".join(f"{key}={value}" for key, value in _LIGHT.items())
    return f"{settings} {shlex.join(_command(home, port))}"


def start_ui(home: Path, port: int = DEFAULT_PORT) -> str:
    """The address of the UI: of one that this home started before, else of a new one.

    Takes the first free port from `port` on. The server goes on after this process; `stop_ui` ends
    it. Raises WhetstoneError.
    """
    running = known_ui(home)
    if running is not None:
        return running
    chosen = _free_port(port)
    log = home / "mlflow-ui.log"
    home.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            _command(home, chosen),
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            env={**os.environ, **_LIGHT}, start_new_session=True,
        )  # fmt: skip
    _record(home).write_text(f"{process.pid} {chosen}", encoding="utf-8")
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if _healthy(chosen):
            return _address(chosen)
        time.sleep(0.2)
    stop_ui(home)
    raise WhetstoneError(
        f"MLflow's UI did not come up on port {chosen}; its log is {log}",
        f"read the log, or start it by hand: {ui_command(home, chosen)}",
    )


def stop_ui(home: Path) -> bool:
    """Ends the server that this home started, workers included; False when there is none.

    Returns when it is gone.
    """
    record = _record(home)
    if not record.is_file():
        return False
    pid = int(record.read_text(encoding="utf-8").split()[0])
    ours = _is_ours(pid, home)
    if ours:
        end(pid)
    record.unlink()
    return ours


def known_ui(home: Path) -> str | None:
    """The address of the UI that this home started, if it answers now."""
    record = _record(home)
    if not record.is_file():
        return None
    pid, port = (int(part) for part in record.read_text(encoding="utf-8").split())
    return _address(port) if _is_ours(pid, home) and _healthy(port) else None


def _command(home: Path, port: int) -> list[str]:
    return [
        sys.executable, "-m", "mlflow", "server", "--workers", "1",
        "--host", HOST, "--port", str(port),
        "--backend-store-uri", database(home),
        "--artifacts-destination", artifacts(home).as_uri(),
    ]  # fmt: skip


def _record(home: Path) -> Path:
    return home / "mlflow-ui.pid"


def _is_ours(pid: int, home: Path) -> bool:
    return is_server(pid, ["mlflow", database(home)])


def _healthy(port: int) -> bool:
    try:
        return httpx.get(f"{_address(port)}/health", timeout=2.0).status_code == 200
    except httpx.HTTPError:
        return False


def _free_port(first: int) -> int:
    port = free_port(range(first, first + _TRIES))
    if port is None:
        raise WhetstoneError(
            f"no port between {first} and {first + _TRIES - 1} is free for MLflow's UI",
            "set WHETSTONE_MLFLOW_PORT to another port, or stop what holds these",
        )
    return port


def _address(port: int) -> str:
    return f"http://{HOST}:{port}"
