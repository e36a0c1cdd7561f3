"""Whole runs through the command line, on the small shipped targets."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from statistics import mean

import pytest

from tasks.home import Home
from tasks.track.store import open_client

pytestmark = [pytest.mark.slow, pytest.mark.e2e]


def test_a_repository_with_failing_tests_is_mended(whetstone, shown, tmp_path: Path):
    done = whetstone(tmp_path, "improve", "calendar_notes", "--experiments", "24")
    assert done.returncode == 0, done.stdout + done.stderr
    document = shown(tmp_path)
    assert document["status"] == "completed"
    assert [s["number"] for s in document["stages"]] == list(range(1, 24))
    assert {s["status"] for s in document["stages"]} == {"completed"}
    assert document["accepted"]
    assert document["champion"]["dev"]["score"] > document["baseline"]["dev"]["score"]
    assert document["champion"]["sealed"]["score"] >= document["baseline"]["sealed"]["score"]
    assert document["sealed_openings"] >= 2
    assert document["metric"]["guarded"] is True
    for change in document["accepted"]:
        assert change["diff"]
        assert change["contribution"]["delta"] > 0
        assert change["mlflow_run"]
    check_branch(document)
    check_mlflow(tmp_path, document)
    check_figures(tmp_path, document)
    assert Path(document["report"]).stat().st_size > 10_000


def check_branch(document) -> None:
    """The champion is on its branch, one commit a change, with trailers."""
    log = subprocess.run(
        ["git", "log", "--format=%(trailers:key=Whetstone-Change,valueonly)", document["branch"]],
        cwd=document["repository"], capture_output=True, text=True, check=True,
    )  # fmt: skip
    merged = {line for line in log.stdout.split() if line}
    assert merged == {change["id"] for change in document["accepted"]}


def check_mlflow(home: Path, document) -> None:
    """Every candidate has a nested run, rejected ones too."""
    with sqlite3.connect(home / "mlflow.db") as database:
        rows = database.execute(
            "select value from tags where key = 'whetstone.candidate'"
        ).fetchall()
    tracked = {row[0] for row in rows}
    assert {c["id"] for c in (*document["accepted"], *document["rejected"])} <= tracked


def check_figures(home: Path, document) -> None:
    """Figures of the report, computed again from the per-item scores that MLflow keeps."""
    client = open_client(home)
    experiments = [e.experiment_id for e in client.search_experiments()]
    runs = {run.info.run_id: run for run in client.search_runs(experiments, max_results=1000)}
    (parent,) = [
        run for run in runs.values()
        if run.data.tags.get("whetstone.run") == document["run"]
        and "whetstone.candidate" not in run.data.tags
    ]  # fmt: skip

    def items(run: str, file: str) -> dict[str, float]:
        text = Path(client.download_artifacts(run, file)).read_text(encoding="utf-8")
        return {row["item"]: float(row["score"]) for row in csv.DictReader(text.splitlines())}

    def kept(name: str) -> dict[str, float]:
        return items(parent.info.run_id, f"scores/{name}.csv")

    for who in ("baseline", "champion"):
        for split in ("dev", "sealed"):
            assert mean(kept(f"{who}-{split}").values()) == pytest.approx(
                document[who][split]["score"]
            )
    for gain, split in (("gain", "dev"), ("sealed_gain", "sealed")):
        before, after = kept(f"baseline-{split}"), kept(f"champion-{split}")
        assert document[gain]["n"] == len(before)
        assert mean(after[i] - before[i] for i in before) == pytest.approx(document[gain]["delta"])
    check_credit(document, client.download_artifacts(parent.info.run_id, "scores/credit.csv"))
    first = document["accepted"][0]
    before = kept("baseline-dev")  # the first accepted change was tried on the base
    assert first["parent"] == document["base_commit"]
    assert mean(
        score - before[i] for i, score in items(first["mlflow_run"], "items.csv").items()
    ) == pytest.approx(first["dev"]["delta"])


def check_credit(document, file: str) -> None:
    """What is lost without a change, and the whole gain, from the scores of sets of changes."""
    rows = list(csv.DictReader(Path(file).read_text(encoding="utf-8").splitlines()))

    def score(*changes: str) -> float:
        return mean(float(row["+".join(changes) or "base"]) for row in rows)

    changes = [change["id"] for change in document["accepted"]]
    assert score(*changes) - score() == pytest.approx(document["gain"]["delta"])
    alone = [change for change in document["accepted"] if not change["contribution_note"]]
    assert alone
    for change in alone:
        rest = [name for name in changes if name != change["id"]]
        lost = score(*changes) - score(*rest)
        assert lost == pytest.approx(change["contribution"]["delta"])


def test_a_self_scored_target_is_stamped(whetstone, shown, tmp_path: Path):
    done = whetstone(tmp_path, "improve", "peak_finder", "--experiments", "10", "--minutes", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    document = shown(tmp_path)
    assert document["metric"]["guarded"] is False
    assert "unguarded" in done.stdout
    assert document["automl"]["evaluations"] > 0
    assert document["automl"]["dev"]["score"] >= document["baseline"]["dev"]["score"]
    again = whetstone(tmp_path, "compare", "latest", "--json")
    names = {group["name"] for group in json.loads(again.stdout)["groups"]}
    assert names >= {"research (program_analysis)", "baseline"}


def test_a_killed_run_goes_on_where_it_was(whetstone, shown, prefect, tmp_path: Path):
    environment = {**os.environ, "PREFECT_API_URL": prefect, "WHETSTONE_HOME": str(tmp_path)}
    arguments = ["improve", "calendar_notes", "--experiments", "6", "--quiet"]
    run = subprocess.Popen(
        [sys.executable, "-c", "from flows.cli import main; main()", *arguments],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    marks = wait_for_stage(tmp_path, 12)
    run.send_signal(signal.SIGKILL)
    run.wait()
    before = marks.read_text().splitlines()
    left = shown(tmp_path)
    assert left["status"] == "interrupted"
    assert "--resume" in left["commands"]["go on"]
    assert "running" not in {stage["status"] for stage in left["stages"]}
    done = whetstone(tmp_path, *arguments, "--resume", "latest")
    assert done.returncode == 0, done.stdout + done.stderr
    after = marks.read_text().splitlines()
    assert after[: len(before) - 1] == before[:-1]
    once = [(m["number"], m["round"]) for m in map(json.loads, after)]
    assert len(once) == len(set(once))
    assert shown(tmp_path)["status"] == "completed"
    refused = whetstone(tmp_path, *arguments, "--resume", "latest")
    assert refused.returncode == 1
    assert "nothing to resume" in refused.stderr


def test_a_killed_arm_goes_on_as_an_arm_and_is_compared(whetstone, shown, prefect, tmp_path: Path):
    environment = {**os.environ, "PREFECT_API_URL": prefect, "WHETSTONE_HOME": str(tmp_path)}
    arguments = ["automl", "peak_finder", "--arm", "literals", "--evaluations", "6", "--quiet"]
    arm = subprocess.Popen(
        [sys.executable, "-c", "from flows.cli import main; main()", *arguments],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_for_lines(tmp_path, "arm-literals.jsonl", 2)
    arm.send_signal(signal.SIGKILL)
    arm.wait()
    assert "whetstone automl" in shown(tmp_path)["commands"]["go on"]
    refused = whetstone(tmp_path, "improve", "peak_finder", "--resume", "latest")
    assert refused.returncode == 1
    assert "begun by `whetstone automl`" in refused.stderr
    done = whetstone(tmp_path, "automl", "peak_finder", "--resume", "latest")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "optuna-dashboard" in done.stdout
    document = shown(tmp_path)
    assert document["automl"]["arm"] == "literals"
    assert document["automl"]["cost"]["passes"] >= 6
    page = tmp_path / "page.html"
    compared = whetstone(tmp_path, "compare", "latest", "--json", "--html", str(page))
    names = [group["name"] for group in json.loads(compared.stdout)["groups"]]
    assert names == ["literals tpe", "baseline"]
    assert "<svg" in page.read_text()


def test_a_second_run_on_the_same_home_is_refused_and_leaves_nothing(whetstone, tmp_path: Path):
    with Home(tmp_path).locked("the first"):
        refused = whetstone(tmp_path, "improve", "peak_finder")
    assert refused.returncode == 6
    assert "the first" in refused.stderr
    assert "WHETSTONE_HOME" in refused.stderr
    assert list((tmp_path / "runs").iterdir()) == []


def wait_for_lines(home: Path, name: str, count: int) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if any(len(p.read_text().splitlines()) >= count for p in home.glob(f"runs/*/{name}")):
            return
        time.sleep(0.1)
    raise AssertionError(f"{name} never had {count} lines")


def wait_for_stage(home: Path, number: int) -> Path:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        for marks in home.glob("runs/*/marks.jsonl"):
            if f'"number":{number},' in marks.read_text():
                return marks
        time.sleep(0.1)
    raise AssertionError(f"stage {number} was never reached")


def test_a_base_that_cannot_be_measured_fails_the_run(whetstone, shown, tmp_path: Path):
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a.py").write_text(
        "def a(): pass\ndef b(): pass\ndef c(): pass\nraise SystemExit('it is broken')\n"
    )
    contract = tmp_path / "broken.yaml"
    contract.write_text(
        "name: broken\nrepository: {path: tree, snapshot: true}\neditable: ['*.py']\n"
        "metric: {kind: command, command: ['{python}', a.py]}\n"
    )
    home = tmp_path / "home"
    done = whetstone(home, "improve", str(contract))
    assert done.returncode == 5
    assert "it is broken" in done.stderr
    assert "cure" in done.stderr
    document = shown(home)
    assert document["status"] == "failed"
    assert document["stages"][1]["status"] == "failed"
    assert document["champion"] is None
    assert document["accepted"] == []
