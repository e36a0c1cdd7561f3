from __future__ import annotations

import shlex
import socket
from pathlib import Path

import httpx
import psutil
import pytest

from tasks.track import start_ui, stop_ui, ui_command


def test_command_keeps_mlflow_light_and_quotes_paths(tmp_path: Path) -> None:
    home = tmp_path / "a home"
    words = shlex.split(ui_command(home, 5123))
    assert "MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false" in words
    assert "MLFLOW_DISABLE_TELEMETRY=true" in words
    assert f"sqlite:///{home}/mlflow.db" in words
    assert words[words.index("--workers") + 1] == "1"
    assert words[words.index("--port") + 1] == "5123"


def test_nothing_to_stop(tmp_path: Path) -> None:
    assert not stop_ui(tmp_path)


def test_a_recorded_process_that_is_another_one_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mlflow-ui.pid").write_text(f"{psutil.Process().pid} 5000", encoding="utf-8")
    assert not stop_ui(tmp_path)


@pytest.mark.slow
def test_serves_the_store_and_stops(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        address = start_ui(home, port)
        try:
            assert address != f"http://127.0.0.1:{port}"
            assert start_ui(home, port) == address
            assert "<title>MLflow</title>" in httpx.get(address).text
            pid = int((home / "mlflow-ui.pid").read_text().split()[0])
            assert len(psutil.Process(pid).children(recursive=True)) == 1
        finally:
            assert stop_ui(home)
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)
