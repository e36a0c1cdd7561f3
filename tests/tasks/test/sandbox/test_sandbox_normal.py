"""What an honest job gets: its Python, its folders, its limits, and a truthful account."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tasks.errors import SandboxError
from tasks.test.sandbox import Job, Limits, Mount, choose, probe


def test_python_with_its_packages_runs(arena):
    code = "import numpy, sys; print(numpy.ones(3).sum(), sys.prefix)"
    assert arena.says(code) == f"3.0 {sys.prefix}"


def test_pools_threads_and_scratch_files_work(arena):
    code = """
import multiprocessing, tempfile, threading
with tempfile.TemporaryFile() as file:
    file.write(b"x")
thread = threading.Thread(target=print, args=("thread",)); thread.start(); thread.join()
with multiprocessing.Pool(2) as pool:
    print(sum(pool.map(abs, [-1, -2])))
"""
    assert arena.says(code).split() == ["thread", "3"]


def test_reads_its_tree_and_writes_its_output(arena):
    arena.says("import os; open(os.environ['OUT'] + '/o', 'w').write(open('code.py').read())")
    made = arena.output / "o"
    assert made.read_text() == "x = 1\n"
    assert made.stat().st_uid == os.getuid()


def test_a_second_job_can_go_on_with_the_first_ones_files(arena):
    code = "import os; open(os.environ['OUT'] + '/o', 'a').write('x')"
    arena.says(code)
    arena.says(code)
    assert (arena.output / "o").read_text() == "xx"


def test_failure_is_an_outcome_with_its_output(arena):
    outcome = arena.run("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (3, "out\n", "err\n")
    assert outcome.killed == ""
    assert not outcome.ok
    assert outcome.sandbox == arena.sandbox.name


def test_a_signal_is_told_as_a_shell_does(arena):
    assert arena.run("import os; os.abort()").returncode == 128 + 6


def test_a_command_that_does_not_exist_is_an_outcome(arena):
    outcome = arena.sandbox.run(Job(("no-such-program",), arena.tree))
    assert outcome.returncode != 0
    assert "no-such-program" in outcome.stderr


def test_time_used_is_measured(arena):
    code = "import time\nstart = time.process_time()\nwhile time.process_time() < start + .4: pass"
    outcome = arena.run(code)
    # The job uses more than is asked for: the last look is up to 40 ms before its end.
    assert 0.3 <= outcome.cpu_seconds < 3
    assert outcome.seconds >= 0.3


def test_starting_costs_little(arena):
    seconds = [arena.sandbox.run(Job(("true",), arena.tree)).seconds for _ in range(5)]
    assert min(seconds) < 0.5


def test_jobs_run_side_by_side(arena):
    jobs = [Job(("sh", "-c", f"sleep 0.3; echo {i}"), arena.tree) for i in range(3)]
    with ThreadPoolExecutor(3) as pool:
        outcomes = list(pool.map(arena.sandbox.run, jobs))
    assert [outcome.stdout for outcome in outcomes] == ["0\n", "1\n", "2\n"]


def test_no_descriptor_of_the_caller_is_left_open(arena):
    before = len(os.listdir("/proc/self/fd"))
    arena.says("")
    assert len(os.listdir("/proc/self/fd")) == before


def test_cancel_ends_the_job(arena):
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    outcome = arena.run("import time; time.sleep(60)", cancel=cancel)
    assert outcome.killed == "cancelled"
    assert outcome.seconds < 10
    assert not arena.survivors()


def test_a_mount_that_does_not_exist_is_refused_before_anything_runs(arena):
    job = Job(("true",), arena.tree, (Mount(arena.root / "absent"),))
    with pytest.raises(SandboxError, match="does not exist"):
        arena.sandbox.run(job)


@pytest.mark.skipif(os.getuid() != 0, reason="only root's jobs run as another user")
def test_a_mount_that_the_jobs_user_may_not_read_is_refused(arena):
    arena.tree.chmod(0o700)
    with pytest.raises(SandboxError, match="has mode 700") as caught:
        arena.says("")
    assert "chmod -R o+rX" in caught.value.cure


def test_a_writable_mount_that_a_job_could_exchange_is_refused(arena):
    (arena.output / "inner").mkdir()
    (arena.root / "link").symlink_to(arena.output)
    outer = Mount(arena.output, writable=True)
    for mounts in (
        (outer, Mount(arena.output / "inner", writable=True)),
        (Mount(arena.root / "link", writable=True),),
    ):
        with pytest.raises(SandboxError, match="is a link, or lies inside"):
            arena.sandbox.run(Job(("true",), arena.tree, mounts))


def test_a_mount_may_be_seen_elsewhere_or_is_refused(arena):
    job = Job(("cat", "/elsewhere/code.py"), Path("/usr"), (Mount(arena.tree, "/elsewhere"),))
    if arena.sandbox.name == "bubblewrap":
        assert arena.sandbox.run(job).stdout == "x = 1\n"
    else:
        with pytest.raises(SandboxError, match="cannot show"):
            arena.sandbox.run(job)


def test_the_environment_is_exactly_what_the_job_says(arena, monkeypatch):
    monkeypatch.setenv("WHETSTONE_PLANTED_SECRET", "hunter2")
    got = json.loads(arena.says("import os, json; print(json.dumps(dict(os.environ)))"))
    assert set(got) - {"PWD", "LC_CTYPE"} == {"PATH", "LANG", "HOME", "TMPDIR", "USER", "OUT"}
    assert "hunter2" not in got.values()


def argument_list(process: Path) -> bytes:
    """What anybody may read of a process; nothing of one that is gone by now."""
    with contextlib.suppress(NotADirectoryError, FileNotFoundError, ProcessLookupError):
        return (process / "cmdline").read_bytes()
    return b""


def test_the_jobs_environment_is_not_in_a_public_argument_list(arena):
    code = "import time; time.sleep(1)"
    job = arena.job(code)
    job = Job(job.command, job.workdir, job.mounts, {"TOKEN": "hunter2"}, job.limits)
    thread = threading.Thread(target=arena.sandbox.run, args=(job,))
    thread.start()
    try:
        seen = b""
        while arena.marker.encode() not in seen:
            seen = b"".join(map(argument_list, Path("/proc").iterdir()))
        assert b"hunter2" not in seen
    finally:
        thread.join()


def test_the_strongest_sandbox_that_works_is_chosen():
    working = [state.name for state in probe() if state.available]
    if not working:
        pytest.skip("no sandbox works on this machine")
    assert choose().name == working[0]
    assert choose(allow_unsandboxed=True).name == working[0]


def test_running_without_a_sandbox_has_to_be_allowed_by_name():
    with pytest.raises(SandboxError, match="unless that is allowed"):
        choose(prefer="unsandboxed")
    assert choose(allow_unsandboxed=True, prefer="unsandboxed").name == "unsandboxed"


def test_no_working_sandbox_is_an_error_with_the_reasons(monkeypatch):
    states = tuple(type(s)(s.name, False, "broken on purpose") for s in probe())
    monkeypatch.setattr("tasks.test.sandbox.choice.probe", lambda: states)
    with pytest.raises(SandboxError, match="bubblewrap: broken on purpose; landlock: broken"):
        choose()
    assert choose(allow_unsandboxed=True).name == "unsandboxed"


def test_an_unknown_name_is_refused():
    with pytest.raises(SandboxError, match="name one of bubblewrap, landlock, unsandboxed"):
        choose(prefer="chroot")


def test_isolation_that_cannot_be_set_up_is_an_error_and_not_a_failed_job(arena, monkeypatch):
    monkeypatch.setattr("tasks.test.sandbox.launcher.seccomp.program", lambda: b"")
    monkeypatch.setattr("tasks.test.sandbox.landlock._spec", _spec_that_cannot_hold)
    with pytest.raises(SandboxError, match="could not set up the sandbox"):
        arena.says("print('ran')")


def _spec_that_cannot_hold(job, mounts, identity, report):
    from tasks.test.sandbox.launcher.spec import Spec

    return Spec(job.command, {}, "/usr", ("/absent",), (), (), 1, {}, None, os.getpid(), report)


def test_limits_reach_the_command(arena):
    code = (
        "import resource as r; print(*(r.getrlimit(x)[0] for x in (r.RLIMIT_FSIZE, r.RLIMIT_CORE)))"
    )
    assert arena.says(code, disk_mb=3) == f"{3 << 20} 0"
    assert Limits().rlimits()["NPROC"] == 256
