"""One Prefect server for all runs of these tests, and a way to call the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server of these tests keeps its database and its log."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def prefect(prefect_home: Path) -> Iterator[str]:
    """The API address of a server that these tests started."""
    from flows.server import ensure_server, stop_server

    with without_prefect():
        server = ensure_server(prefect_home)
        yield server.api
        stop_server(prefect_home)


@contextmanager
def without_prefect() -> Iterator[None]:
    """An environment that names no server yet, and the one from before afterwards."""
    before = os.environ.pop("PREFECT_API_URL", None)
    yield
    os.environ.pop("PREFECT_API_URL", None)
    if before is not None:
        os.environ["PREFECT_API_URL"] = before


@pytest.fixture
def whetstone(prefect: str) -> Command:
    """Calls `whetstone` with a home; raises nothing, returns what it printed."""

    def call(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ, "PREFECT_API_URL": prefect, "WHETSTONE_HOME": str(home),
            "COLUMNS": "160", "NO_COLOR": "1", **variables,
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-c", "from flows.cli import main; main()", *arguments],
            capture_output=True, text=True, env=environment, timeout=900,
        )  # fmt: skip

    return call


@pytest.fixture
def shown(whetstone: Command) -> Callable[[Path], dict[str, Any]]:
    """The latest run's document."""

    def read(home: Path) -> dict[str, Any]:
        done = whetstone(home, "show", "latest", "--json")
        assert done.returncode == 0, done.stderr
        document: dict[str, Any] = json.loads(done.stdout)
        return document

    return read
