"""The local Prefect server: reused when one answers, started for the run when none does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from tasks.errors import WhetstoneError
from tasks.ports import HOST, free_port
from tasks.servers import end, is_server, listens

PORTS = range(4200, 4216)
START_SECONDS = 240.0
"""A machine under heavy load takes over a minute; a server that fails ends at once."""
TRIES = 3
QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_CLI_COLORS": "false",
}


@dataclass(frozen=True)
class Server:
    """A server that answers: its API, its UI, and whether this process started it."""

    api: str
    ui: str
    started: bool


def ensure_server(home: Path) -> Server:
    """A healthy server, and the environment of this process pointed at it.

    Looks at PREFECT_API_URL, then at the port this home used last, then starts one that goes on
    after the run, so that its UI can be read over coffee. Raises WhetstoneError.
    """
    os.environ.update({key: os.environ.get(key, value) for key, value in QUIET.items()})
    for api in _known(home):
        if _healthy(api):
            return _use(api, started=False)
    stop_server(home)  # one that does not answer would share its database with the new one
    port = _start(home)
    return _use(f"http://{HOST}:{port}/api", started=True)


def known_server(home: Path) -> str | None:
    """The UI address of a server that answers now, if any."""
    return next((api.removesuffix("/api") for api in _known(home) if _healthy(api)), None)


def stop_server(home: Path) -> bool:
    """Stops the server that this home started, and returns when it is gone; False if there is none.

    Its port is forgotten with it: another home's server may answer there next.
    """
    record, last = home / "prefect.pid", home / "prefect.port"
    if not record.is_file() or not last.is_file():
        return False
    pid, port = (int(file.read_text(encoding="utf-8")) for file in (record, last))
    ours = is_server(pid, ["prefect", "server", str(port)])
    if ours:
        end(pid)
    record.unlink()
    last.unlink()
    return ours


def _known(home: Path) -> Iterator[str]:
    chosen = os.environ.get("PREFECT_API_URL")
    if chosen:
        yield chosen
    last = home / "prefect.port"
    if last.is_file():
        yield f"http://{HOST}:{last.read_text(encoding='utf-8').strip()}/api"


def _use(api: str, started: bool) -> Server:
    os.environ["PREFECT_API_URL"] = api
    return Server(api, api.removesuffix("/api"), started)


def _healthy(api: str) -> bool:
    try:
        return httpx.get(f"{api}/health", timeout=3.0).status_code == 200
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    port = free_port(PORTS)
    if port is None:
        raise WhetstoneError(
            f"no port between {PORTS.start} and {PORTS.stop - 1} is free for the Prefect server",
            "set PREFECT_API_URL to a server that runs, or stop one of those that hold the ports",
        )
    return port


def _start(home: Path) -> int:
    """Starts a server; returns its port. Another one is taken where one is lost while it starts."""
    for _ in range(TRIES):
        port = _free_port()
        process = _launch(home, port)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            if listens(process.pid, port) and _healthy(f"http://{HOST}:{port}/api"):
                return port
            time.sleep(0.2)
        stop_server(home)
        if free_port([port]) is not None:
            break  # nobody took it: the server failed for a reason of its own
    raise WhetstoneError(
        f"the Prefect server did not come up on port {port}; its log is {_log(home)}",
        "read the log, or start one with `prefect server start` and set PREFECT_API_URL",
    )


def _launch(home: Path, port: int) -> subprocess.Popen[bytes]:
    folder = _log(home).parent
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **QUIET, "PREFECT_HOME": str(folder)}
    environment.pop("PREFECT_API_URL", None)
    # The pages would ask the default port otherwise, which may be another home's server.
    environment["PREFECT_SERVER_UI_API_URL"] = f"http://{HOST}:{port}/api"
    with _log(home).open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start",
             "--host", HOST, "--port", str(port)],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            env=environment, start_new_session=True,
        )  # fmt: skip
    (home / "prefect.pid").write_text(str(process.pid), encoding="utf-8")
    (home / "prefect.port").write_text(str(port), encoding="utf-8")
    return process


def _log(home: Path) -> Path:
    return home / "prefect" / "server.log"
