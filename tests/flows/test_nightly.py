"""The schedule: a deployment on a cron that is there, and that runs when due."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.e2e]

TREE = "def a(): return 1\ndef b(): return 2\nprint(a() + b())\n"
CONTRACT = (
    "name: due\nrepository: {path: tree, snapshot: true}\neditable: ['*.py']\n"
    "metric: {kind: command, command: ['{python}', a.py]}\n"
    "budget: {experiments: 1, minutes: 1, repeats: 2}\n"
)


def test_a_due_run_is_run(prefect: str, tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a.py").write_text(TREE)
    (tmp_path / "due.yaml").write_text(CONTRACT)
    home = tmp_path / "home"
    with served(prefect, home, tmp_path / "due.yaml"):
        status = awaited(lambda: next(iter(home.glob("runs/*/status.json")), None), 150)
        deployments = asked(prefect, "deployments/filter")
        ended = awaited(lambda: state(status) if state(status) != "running" else None, 150)
    assert ended == "completed"
    schedules = [s["schedule"].get("cron") for d in deployments for s in d["schedules"]]
    assert "* * * * *" in schedules
    assert [d["name"] for d in deployments] == ["due"]


@contextmanager
def served(prefect: str, home: Path, contract: Path) -> Iterator[None]:
    """`whetstone serve` with a run due every minute, stopped as by Ctrl-C."""
    environment = {**os.environ, "PREFECT_API_URL": prefect, "WHETSTONE_HOME": str(home)}
    serving = subprocess.Popen(
        [sys.executable, "-c", "from flows.cli import main; main()", "serve", str(contract),
         "--cron", "* * * * *"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        os.killpg(serving.pid, signal.SIGINT)
        try:
            serving.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(serving.pid, signal.SIGKILL)
            serving.wait()


def state(status: Path) -> str:
    found: str = json.loads(status.read_text())["state"]
    return found


def asked(api: str, path: str) -> list[dict[str, Any]]:
    request = urllib.request.Request(
        f"{api}/{path}", data=b"{}", headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


def awaited(ask: Any, seconds: float) -> Any:
    """The first answer that is not None. Fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = ask()
        if answer is not None:
            return answer
        time.sleep(0.3)
    raise AssertionError("nothing came of it in time")
