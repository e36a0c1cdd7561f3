"""The home: one run at a time, and files that are whole or not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tasks import home as home_module
from tasks.errors import HomeBusyError, WhetstoneError
from tasks.home import Home


def test_second_run_on_the_same_home_is_refused(tmp_path: Path):
    script = (
        "import sys, pathlib; from tasks.home import Home; "
        "h = Home(pathlib.Path(sys.argv[1]));\n"
        "with h.locked('first'): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "held"
    with pytest.raises(HomeBusyError, match="first"), Home(tmp_path).locked("second"):
        pass
    holder.kill()
    holder.wait()
    with Home(tmp_path).locked("third"):
        pass


def test_find_run(tmp_path: Path):
    home = Home(tmp_path)
    for name in ("20260101-a-1111", "20260102-b-2222"):
        home.run_folder(name)
    assert home.find_run("latest") == "20260102-b-2222"
    assert home.find_run("1111") == "20260101-a-1111"
    with pytest.raises(WhetstoneError, match="matches 2026"):
        home.find_run("2026")
    with pytest.raises(WhetstoneError, match="no run"):
        home.find_run("zzz")


def test_full_disk_is_refused_before_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(home_module, "MINIMUM_FREE_MB", 10**9)
    with pytest.raises(WhetstoneError, match="MiB are free"):
        Home(tmp_path).require_space()


def test_the_holder_is_known_while_it_lives(tmp_path: Path):
    home = Home(tmp_path)
    assert home.holder() == ""
    with home.locked("run a"):
        assert home.holder() == "run a"
    assert home.holder() == ""


def test_a_note_that_a_kill_left_is_not_believed_where_its_number_lives_on(tmp_path: Path):
    with Home(tmp_path).locked("run a"):
        pass
    (tmp_path / "lock.owner").write_text(f"process {os.getpid()}, run a")
    assert Home(tmp_path).holder() == ""
