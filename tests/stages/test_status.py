"""The status of a run as others see it: what says `running` is only believed while it is."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from stages.status import Status, note_stage, purpose_of, read_status, status_now, write_status
from tasks.home import Home

HOLD = """\
import pathlib, sys
from stages.status import purpose_of
from tasks.home import Home
with Home(pathlib.Path(sys.argv[1])).locked(purpose_of("r1")):
    print("held", flush=True)
    sys.stdin.read()
"""


def begun(folder: Path) -> Home:
    home = Home(folder)
    write_status(
        home.run_folder("r1"),
        Status(
            state="running", started="2026-11-25T20:00:00+00:00", contract="x", researcher="y",
            seed=0, experiments=1, minutes=1, automl=True, sandbox="bubblewrap",
        ),
    )  # fmt: skip
    return home


def test_a_killed_run_is_interrupted_and_a_live_one_running(tmp_path: Path) -> None:
    home = begun(tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "held"
    assert status_now(home, "r1").state == "running"
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    seen = status_now(home, "r1")
    assert seen.state == "interrupted"
    assert "killed" in seen.error
    assert read_status(home.run_folder("r1")).state == "running"


def test_another_run_on_the_home_does_not_bring_it_back(tmp_path: Path) -> None:
    home = begun(tmp_path)
    with home.locked(purpose_of("r2")):
        assert status_now(home, "r1").state == "interrupted"
    with home.locked(purpose_of("r1")):
        assert status_now(home, "r1").state == "running"


def test_an_end_that_was_written_down_stands(tmp_path: Path) -> None:
    home = begun(tmp_path)
    status = read_status(home.run_folder("r1"))
    write_status(home.run_folder("r1"), status.model_copy(update={"state": "stopped"}))
    assert status_now(home, "r1").state == "stopped"


def test_the_stage_in_flight_is_kept(tmp_path: Path) -> None:
    folder = begun(tmp_path).run_folder("r1")
    note_stage(folder, 18)
    assert read_status(folder).stage == 18
    note_stage(tmp_path, 18)
    assert not (tmp_path / "status.json").exists()
