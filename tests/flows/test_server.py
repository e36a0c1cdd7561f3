"""The Prefect server's process: gone when stopping returns, and started again where a port is lost.

A small program with the same words on its command line stands in for the server: what is tested is
how any server is started and stopped.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from flows import server
from flows.addresses import addresses
from tasks import servers
from tasks.ports import HOST
from tests.flows.conftest import without_prefect

SERVER = """\
import http.server, signal, sys, time

class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

def leave(number, frame):
    time.sleep(float(sys.argv[-1]))
    sys.exit()

signal.signal(signal.SIGTERM, leave)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[-2])), Healthy).serve_forever()
"""


def launched(home: Path, port: int, leaving: float = 0.0) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, "prefect", "server", str(port), str(leaving)],
        start_new_session=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    (home / "prefect.pid").write_text(str(process.pid))
    (home / "prefect.port").write_text(str(port))
    return process


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    with without_prefect():
        yield


def test_a_server_is_gone_when_stopping_returns(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(server, "_launch", lambda home, port: launched(home, port, 0.4))
    started = server.ensure_server(tmp_path)
    assert started.started
    assert not server.ensure_server(tmp_path).started
    assert addresses(tmp_path, "") == {"Prefect UI": started.ui}
    process = psutil.Process(int((tmp_path / "prefect.pid").read_text()))
    assert server.stop_server(tmp_path)
    assert not process.is_running()
    with without_prefect():
        assert addresses(tmp_path, "") == {}
    assert not server.stop_server(tmp_path)


def test_a_server_that_does_not_leave_is_killed(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(servers, "STOP_SECONDS", 0.2)
    monkeypatch.setattr(server, "_launch", lambda home, port: launched(home, port, 600))
    server.ensure_server(tmp_path)
    process = psutil.Process(int((tmp_path / "prefect.pid").read_text()))
    assert server.stop_server(tmp_path)
    assert not process.is_running()


def test_a_port_lost_while_starting_is_given_up_for_another(tmp_path: Path, monkeypatch) -> None:
    taken: list[socket.socket] = []

    def launch(home: Path, port: int) -> subprocess.Popen[bytes]:
        if not taken:
            taken.append(socket.create_server((HOST, port)))
        return launched(home, port)

    monkeypatch.setattr(server, "_launch", launch)
    started = server.ensure_server(tmp_path)
    lost = taken[0].getsockname()[1]
    taken[0].close()
    assert started.api != f"http://{HOST}:{lost}/api"
    assert server.stop_server(tmp_path)


def test_a_process_that_only_has_its_number_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "prefect.pid").write_text(str(psutil.Process().pid))
    (tmp_path / "prefect.port").write_text("4200")
    assert not server.stop_server(tmp_path)
