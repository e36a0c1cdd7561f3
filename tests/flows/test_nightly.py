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

from flows.commands import serve
from flows.session import Request
from tasks.errors import WhetstoneError
from tests.researchers.language_model.models.fault_server import Act, answer, serving
from tests.stages.grades import model_file

pytestmark = [pytest.mark.slow, pytest.mark.e2e]

TREE = "def a(): return 1\ndef b(): return 2\nprint(a() + b())\n"
CONTRACT = (
    "name: due\nrepository: {path: tree, snapshot: true}\neditable: ['*.py']\n"
    "metric: {kind: command, command: ['{python}', a.py]}\n"
    "budget: {experiments: 1, minutes: 1, repeats: 2}\n"
)


def test_a_due_run_is_run_with_its_model(prefect: str, tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a.py").write_text(TREE)
    (tmp_path / "due.yaml").write_text(CONTRACT)
    home = tmp_path / "home"
    with serving(reply) as server:
        text = f"kind: endpoint\nendpoint: {server.url}\nmodel: scripted\n"
        model = model_file(tmp_path, text)
        with served(prefect, home, tmp_path / "due.yaml", model):
            status = awaited(lambda: next(iter(home.glob("runs/*/status.json")), None), 150)
            (deployment,) = asked(prefect, "deployments/filter")
            ended = awaited(lambda: said(status) if said(status) != "running" else None, 150)
    assert ended == "completed"
    assert said(status, "researcher") == "language_model"
    assert said(status, "model") == model
    assert "`causes`" in str(server.requests)
    assert [s["schedule"].get("cron") for s in deployment["schedules"]] == ["* * * * *"]
    assert deployment["name"] == "due"


@pytest.mark.parametrize(
    ("model", "said"), [(None, "needs a model"), ("hosted", "OPENAI_API_KEY is neither")]
)
def test_nights_without_a_mind_are_refused_by_day(
    model: str | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(WhetstoneError, match=said):
        serve(Request("peak_finder", "language_model", model), "0 2 * * *")


@contextmanager
def served(prefect: str, home: Path, contract: Path, model: str) -> Iterator[None]:
    """`whetstone serve` with a run due every minute, stopped as by Ctrl-C."""
    environment = {**os.environ, "PREFECT_API_URL": prefect, "WHETSTONE_HOME": str(home)}
    serving = subprocess.Popen(
        [sys.executable, "-c", "from flows.cli import main; main()", "serve", str(contract),
         "--cron", "* * * * *", "--researcher", "language_model", "--model", model],
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


def reply(prompt: str) -> Act:
    """A model with one idea, which says nothing of what it read."""
    wanted = prompt.rsplit("Answer with one JSON object with ", 1)[1]
    cause = {"statement": "b is small", "change_type": "bug_fix", "places": [{"path": "a.py"}],
             "predicted_effect": 1}  # fmt: skip
    edit = {"action": "replace", "path": "a.py", "search": "return 2", "replace": "return 3"}
    change = {"title": "Larger", "rationale": "r", "change_type": "bug_fix", "edits": [edit],
              "confidence": 0.9}  # fmt: skip
    known = {"conclusion": "none", "calls": [], "findings": [], "causes": [cause], "repeats": [],
             "change": change, "lessons": [], "refine": [], "direction": "on"}  # fmt: skip
    return answer(json.dumps({name: known[name] for name in known if f"`{name}`" in wanted}))


def said(status: Path, key: str = "state") -> str:
    found: str = json.loads(status.read_text())[key]
    return found


def asked(api: str, path: str) -> list[dict[str, Any]]:
    request = urllib.request.Request(
        f"{api}/{path}", data=b"{}", headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
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
