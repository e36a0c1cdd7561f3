"""A whole run that asks a model: traced, paid for, recorded, and its key nowhere to be found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.researchers.language_model.models.fault_server import Act, answer, serving
from tests.stages.grades import CAUSES, grades, model_file, reply

pytestmark = [pytest.mark.slow, pytest.mark.e2e]
MARKER = "marker-7c1e9a52d0"


def improve(whetstone: Callable[..., Any], home: Path, target: Path, model: str, *more: str, **env):
    return whetstone(
        home, "improve", str(target), "--researcher", "language_model", "--model", model,
        "--experiments", "2", "--no-automl", *more, **env,
    )  # fmt: skip


def test_a_model_mends_a_target_and_leaves_its_key_nowhere(
    whetstone, shown, prefect_home: Path, tmp_path: Path
) -> None:
    home, recording, target = tmp_path / "home", tmp_path / "recording", grades(tmp_path)
    faults = [
        Act("echo_key", status=500),
        Act("status", status=429, text="wait", retry_after="0"),
        answer("not JSON at all"),
    ]
    with serving(lambda prompt: faults.pop(0) if faults else reply(prompt)) as server:
        settings = model_file(
            tmp_path,
            f"kind: endpoint\nendpoint: {server.url}\nmodel: scripted\nkey: MARKED_KEY\n"
            "prices: {prompt: 1, completion: 2}\nretry: {first_wait: 0}\n"
            f"record: {recording}\n",
        )
        done = improve(whetstone, home, target, settings, MARKED_KEY=MARKER)
        assert done.returncode == 0, done.stdout + done.stderr
        assert server.authorization[-1] == f"Bearer {MARKER}"
    document = shown(home)
    assert [change["title"] for change in document["accepted"]] == [CAUSES[1]]
    check_costs(document)
    check_mlflow(home, document)
    assert "--researcher language_model --model" in document["commands"]["run again"]
    assert "--no-automl" in document["commands"]["run again"]
    assert MARKER not in done.stdout + done.stderr
    assert MARKER not in everything(tmp_path)
    prefects = everything(prefect_home)
    assert document["run"] in prefects, "the run is in Prefect's database"
    assert "HTTP 500" in prefects, "so is what the server said in which it echoed the key"
    assert MARKER not in prefects


def check_costs(document: dict[str, Any]) -> None:
    model = document["model"]
    assert model["sources"] == ["live"]
    assert {"localize_faults", "form_hypotheses", "draft_changes"} <= set(model["by_stage"])
    assert sum(u["prompt"] for u in model["by_stage"].values()) == model["total"]["prompt"]
    assert model["total"]["money"] > 0
    assert model["total"]["cached"] > 0
    assert {"server_error", "rate_limited", "malformed", "retry"} <= set(model["events"])
    for change in document["accepted"]:
        assert change["usage"]["calls"] == 1
        assert len(change["traces"]) == 1


def check_mlflow(home: Path, document: dict[str, Any]) -> None:
    """Metrics by stage and by change, and every change's trace is kept and linked to its run."""
    with sqlite3.connect(home / "mlflow.db") as database:
        keys = {row[0] for row in database.execute("select key from metrics")}
        traces = {row[0] for row in database.execute("select request_id from trace_info")}
        own = {
            row[0]
            for row in database.execute(
                "select run_uuid from metrics where key = 'model/prompt_tokens'"
            )
        }
    assert {"model/draft_changes/prompt_tokens", "model/total/money"} <= keys
    for change in document["accepted"]:
        assert set(change["traces"]) <= traces
        assert change["mlflow_run"] in own


def everything(folder: Path) -> str:
    """All that lies below a folder, names too, as text."""
    parts = []
    for path in folder.rglob("*"):
        parts.append(str(path))
        if path.is_file():
            parts.append(path.read_bytes().decode("utf-8", errors="replace"))
    return "\n".join(parts)
