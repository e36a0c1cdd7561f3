"""The command line: help that reads well, errors with cause and cure, nothing heavy to start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import main

COMMANDS = (
    "improve", "automl", "compare", "report", "show", "runs", "check", "graph", "doctor", "ui",
    "serve", "data",
)  # fmt: skip


def whetstone(*arguments: str, cwd: Path | None = None, **variables: str):
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", **variables}
    return subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", *arguments],
        capture_output=True, text=True, cwd=cwd, env=environment, timeout=120,
    )  # fmt: skip


def test_help_lists_every_command():
    shown = whetstone("--help")
    assert shown.returncode == 0
    for command in COMMANDS:
        assert command in shown.stdout


@pytest.mark.parametrize("command", ["improve", "compare", "serve"])
def test_each_command_has_help(command: str):
    shown = whetstone(command, "--help")
    assert shown.returncode == 0
    assert "Usage" in shown.stdout


def test_graph_in_both_forms():
    text = whetstone("graph").stdout
    assert "23 publish_report" in text
    assert "gate" in text
    mermaid = whetstone("graph", "--mermaid").stdout
    assert mermaid.startswith("flowchart TD")
    assert "s21 -.->|next_round| s8" in mermaid


def test_missing_contract(tmp_path: Path):
    shown = whetstone("improve", "nowhere.yaml", cwd=tmp_path)
    assert shown.returncode == 2
    assert "no target contract" in shown.stderr
    assert "cure" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_malformed_contract(tmp_path: Path):
    (tmp_path / "bad.yaml").write_text("name: x\nrepository: {path: .}\nmetric: {kind: magic}\n")
    shown = whetstone("check", "bad.yaml", cwd=tmp_path)
    assert shown.returncode == 2
    assert "editable" in shown.stderr
    assert "bad.yaml" in shown.stderr


def test_unknown_run(tmp_path: Path):
    shown = whetstone("show", "latest", WHETSTONE_HOME=str(tmp_path))
    assert shown.returncode == 1
    assert "matches no run" in shown.stderr


def test_unknown_researcher(tmp_path: Path):
    shown = whetstone(
        "improve", "peak_finder", "--researcher", "oracle", WHETSTONE_HOME=str(tmp_path)
    )
    assert shown.returncode == 7
    assert "program_analysis" in shown.stderr


def test_data_with_a_wrong_digest(tmp_path: Path):
    wrong = tmp_path / "locomo.json"
    wrong.write_text("[]")
    shown = whetstone("check", "locomo", "--data", str(wrong), WHETSTONE_HOME=str(tmp_path))
    assert shown.returncode == 2
    assert "SHA-256" in shown.stderr
    assert "data fetch locomo" in shown.stderr


def test_doctor_for_machines():
    shown = whetstone("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(shown.stdout)}
    assert checks["git"]["ok"]
    assert all(check["cure"] for check in checks.values() if not check["ok"])


def test_starting_is_light():
    script = (
        "import sys, flows.cli; "
        "heavy = {'prefect', 'mlflow', 'torch', 'lancedb', 'optuna', 'scipy'} & set(sys.modules); "
        "print(sorted(heavy))"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert shown.stdout.strip() == "[]"


def test_an_interrupt_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def interrupted(as_json: bool) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.doctor.examine", interrupted)
    monkeypatch.setattr(sys, "argv", ["whetstone", "doctor"])
    with pytest.raises(SystemExit) as ending:
        main()
    assert ending.value.code == 130
    assert "--resume latest" in capsys.readouterr().err
