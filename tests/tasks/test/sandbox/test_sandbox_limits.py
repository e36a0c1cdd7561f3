"""Jobs that take too much: each is ended at its limit, and nothing of it goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tasks.test.sandbox import Limits, discard

HOST = """
import signal, sys
from pathlib import Path
from tasks.test.sandbox import Job, choose
signal.signal(signal.SIGINT, signal.default_int_handler)  # shells ignore it for background jobs
code = "import time; time.sleep(60)"
choose(prefer=sys.argv[1]).run(Job((sys.executable, "-c", code, sys.argv[3]), Path(sys.argv[2])))
"""


def test_a_hang_is_ended_in_time(arena):
    code = """
import os, signal, time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
os.fork()
print("hanging", flush=True)
time.sleep(60)
"""
    outcome = arena.run(code, seconds=2)
    assert outcome.killed == "time"
    assert not outcome.ok
    assert outcome.returncode == 128 + signal.SIGKILL
    assert outcome.stdout == "hanging\n" * 2
    assert 2 <= outcome.seconds < 6.5
    assert not arena.survivors()


def test_a_daemon_does_not_outlive_its_job(arena):
    code = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in (0, 1, 2):
            os.close(number)
        time.sleep(60)
    os._exit(0)
os.wait()
time.sleep(0.1)
"""
    outcome = arena.run(code)
    assert outcome.ok
    assert outcome.seconds < 5
    assert not arena.survivors()


def test_a_daemon_that_holds_the_output_does_not_hold_the_caller(arena):
    outcome = arena.run("import os, time\nif os.fork() == 0: time.sleep(60)")
    assert outcome.ok
    assert outcome.seconds < 5
    assert not arena.survivors()


def test_processes_are_counted(arena):
    code = """
import os, time
made = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(60)
        made += 1
except OSError:
    print(made, flush=True)
os._exit(0)
"""
    assert 5 <= int(arena.says(code, processes=20)) < 20


def test_a_fork_bomb_is_bounded_and_cleared(arena):
    code = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
    outcome = arena.run(code, processes=20, seconds=1)
    assert outcome.killed == "time"
    assert outcome.seconds < 10
    assert not arena.survivors()


@pytest.mark.parametrize("spread", [False, True])
def test_a_memory_hog_is_killed(arena, spread):
    code = f"""
import os, time
if {spread}:
    os.fork()
    os.fork()
hog = []
for _ in range({25 if spread else 100}):
    hog.append(bytearray(os.urandom(1 << 20) * 4))
    time.sleep(0.005)
time.sleep(60)
"""
    outcome = arena.run(code, memory_mb=150)
    assert outcome.killed == "memory"
    assert 150 < outcome.peak_memory_mb < 450
    assert not arena.survivors()


def test_memory_below_the_limit_is_fine(arena):
    code = "import mmap\nreserved = mmap.mmap(-1, 4 << 30)\nprint(len(bytearray(50 << 20)) >> 20)"
    assert arena.says(code, memory_mb=150) == "50"


@pytest.mark.parametrize(
    "body",
    [
        "open(f'{out}/{i}', 'wb').write(block)",
        "f = open(f'{out}/f', 'wb'); f.write(block); f.flush(); os.unlink(f.name); held.append(f)",
    ],
    ids=["many files", "files without a name"],
)
def test_a_disk_filler_is_stopped(arena, body):
    code = f"""
import os, time
out, block, held, i = os.environ["OUT"], b"x" * (1 << 20), [], 0
while i < 400:
    i += 1
    {body}
    time.sleep(0.01)
"""
    outcome = arena.run(code, disk_mb=10)
    assert outcome.killed == "disk"
    assert sum(path.stat().st_size for path in arena.output.iterdir()) < 100 << 20


HIDE = """
import os, time
os.chdir(os.environ["OUT"])
for _ in range({depth}):
    os.mkdir({name!r})
    os.chdir({name!r})
{last}
time.sleep({seconds})
"""


def test_a_folder_too_deep_to_be_counted_is_over_the_limit(arena):
    outcome = arena.run(HIDE.format(depth=60, name="d" * 200, last="", seconds=60))
    assert outcome.killed == "disk"
    discard(arena.output)
    assert not arena.output.exists()


@pytest.mark.skipif(os.getuid() == 0, reason="root looks into every folder")
def test_a_folder_closed_to_the_caller_is_over_the_limit(arena):
    outcome = arena.run(HIDE.format(depth=1, name="d", last="os.chmod('.', 0o300)", seconds=60))
    assert outcome.killed == "disk"
    discard(arena.output)
    assert not arena.output.exists()


def test_a_tree_deeper_than_recursion_can_be_taken_back_and_removed(arena):
    assert arena.run(HIDE.format(depth=1500, name="d", last="", seconds=0)).ok
    discard(arena.output)
    assert not arena.output.exists()


def test_one_file_cannot_grow_past_the_limit(arena):
    code = """
import os
with open(os.environ["OUT"] + "/big", "wb") as file:
    while True:
        file.write(b"x" * (1 << 20))
"""
    outcome = arena.run(code, disk_mb=5)
    assert not outcome.ok
    assert (arena.output / "big").stat().st_size <= 5 << 20


@pytest.mark.parametrize("folder", ["/tmp", "/dev/shm"])
def test_scratch_is_bounded(arena, folder):
    code = f"""
made = 0
try:
    while made < 100:
        with open(f"{folder}/{{made}}", "wb") as file:
            file.write(b"x" * (1 << 20))
        made += 1
except OSError:
    print(made)
"""
    assert 1 <= int(arena.says(code, disk_mb=5)) <= 5
    code = f"import os; print([name for name in os.listdir({folder!r}) if name.isdigit()])"
    assert arena.says(code) == "[]"


def test_endless_output_is_stopped_and_its_tail_kept(arena):
    code = "import os\nos.write(2, b'start')\nwhile True: os.write(1, b'x' * 4096)"
    outcome = arena.run(code, output_kb=64)
    assert outcome.killed == "output"
    assert len(outcome.stdout) == 64 * 1024
    assert outcome.stderr == "start"
    assert not arena.survivors()


def test_processor_time_is_limited_over_all_processes(arena):
    outcome = arena.run("import os\nos.fork()\nwhile True: pass", cpu_seconds=0.6)
    assert outcome.killed == "time"
    assert outcome.seconds < 10
    assert not arena.survivors()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_the_job_ends_with_its_caller(arena, number):
    argv = [sys.executable, "-c", HOST, arena.sandbox.name, str(arena.tree), arena.marker]
    caller = subprocess.Popen(argv, stderr=subprocess.DEVNULL, cwd=os.getcwd())
    try:
        deadline = time.monotonic() + 20
        while not begun(arena) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert begun(arena)
        caller.send_signal(number)
        caller.wait(10)
    finally:
        caller.kill()
        caller.wait()
    assert not arena.survivors(patience=5)


def begun(arena) -> bool:
    """Whether several processes run, and not only for a moment: one that forks counts twice."""
    looks = []
    for _ in range(3):
        looks.append(len(arena.survivors()))
        time.sleep(0.2)
    return min(looks) > 1


def test_without_a_sandbox_limits_and_clearing_up_still_hold(open_arena):
    arena = open_arena()
    hang = "import os, time\nif os.fork(): time.sleep(60)\nos.fork(); time.sleep(60)"
    assert arena.run(hang, seconds=0.5).killed == "time"
    assert arena.run("import os, time\nif os.fork() == 0: time.sleep(60)").ok
    assert arena.run("x = bytearray(300 << 20); import time; time.sleep(60)", memory_mb=100).killed
    assert not arena.survivors(patience=2)


def test_defaults_are_those_documented():
    assert Limits() == Limits(120.0, 4096, 256, 512, 256, None, 1024)
