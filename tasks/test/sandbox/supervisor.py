"""Starts a job's sandbox, watches what it uses, and ends all of it: on a limit, on cancel, always.

This is the only place where candidate processes are started and killed. It polls, because resident
memory and folder size have no kernel limit that works without privileges; between two polls a job
can overshoot, by at most what it can touch in POLL seconds.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event

from tasks.errors import SandboxError
from tasks.test.sandbox.capture import Capture
from tasks.test.sandbox.job import MIB, Job
from tasks.test.sandbox.outcome import Killed, Outcome
from tasks.test.sandbox.watch import birth, descendants, folder_bytes, unlinked_bytes, usage

POLL = 0.04
_DISK_SHARE = 20
_GONE_SECONDS = 10.0
_REPORT_BYTES = 65_536


@dataclass(frozen=True)
class Launch:
    """How a backend starts a job.

    `status` is the read end of a pipe on which the isolation reports: without a report of an exit
    code, the command never ran. None where there is no isolation that could fail.
    """

    argv: tuple[str, ...]
    environment: Mapping[str, str]
    sandbox: str
    inherited: tuple[int, ...] = ()
    status: int | None = None
    cwd: str | None = None


@dataclass
class _Meter:
    """The highest figures seen, and when the folders are to be measured again."""

    job: Job
    disk_before: int
    peak: int = 0
    cpu_seconds: float = 0.0
    next_disk: float = field(default_factory=time.monotonic)

    def exceeded(self, root: int) -> Killed:
        """Measure the tree below `root`; the limit that it is over, if any."""
        pids = descendants(root)
        now = usage(pids)
        self.peak = max(self.peak, now.resident)
        self.cpu_seconds = max(self.cpu_seconds, now.cpu_seconds)
        limits = self.job.limits
        if now.resident > limits.memory_mb * MIB:
            return "memory"
        if limits.cpu_seconds is not None and self.cpu_seconds > limits.cpu_seconds:
            return "time"
        start = time.monotonic()
        if start >= self.next_disk:
            used = _disk(self.job) + unlinked_bytes(pids) - self.disk_before
            # A large cache takes long to walk: spend a twentieth of the time on it, no more.
            self.next_disk = start + _DISK_SHARE * (time.monotonic() - start)
            if used > limits.disk_mb * MIB:
                return "disk"
        return ""


def supervise(launch: Launch, job: Job, cancel: Event | None = None) -> Outcome:
    """Run `launch` under the limits of `job`; when this returns or raises, no process is left.

    Raises SandboxError when the isolation could not be set up.
    """
    meter = _Meter(job, _disk(job))
    start = time.monotonic()
    process = _start(launch)
    with Capture(process, job.limits.output_kb * 1024) as capture:
        try:
            killed = _watch(process.pid, capture, meter, start + job.limits.seconds, cancel)
        finally:
            _end(process.pid)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        capture.drain()
    if not killed:
        _check_started(launch, capture, process.returncode)
    code = process.returncode
    return Outcome(
        returncode=128 - code if code < 0 else code,
        stdout=capture.stdout,
        stderr=capture.stderr,
        seconds=time.monotonic() - start,
        cpu_seconds=max(meter.cpu_seconds, used.ru_utime + used.ru_stime),
        peak_memory_mb=meter.peak / MIB,
        killed=killed,
        sandbox=launch.sandbox,
    )


def _start(launch: Launch) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            launch.argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(launch.environment),
            cwd=launch.cwd,
            pass_fds=launch.inherited,
            start_new_session=True,
        )
    except OSError as error:
        raise SandboxError(
            f"{launch.argv[0]} cannot be started: {error.strerror}",
            "install it (prlimit is in util-linux) and see that there is memory left",
        ) from error
    finally:
        for descriptor in launch.inherited:
            os.close(descriptor)


def _watch(
    pid: int, capture: Capture, meter: _Meter, deadline: float, cancel: Event | None
) -> Killed:
    """Wait until the process ends or has to be ended; why."""
    next_poll = time.monotonic() + POLL
    while True:
        now = time.monotonic()
        if capture.wait(max(0.0, min(next_poll, deadline) - now)):
            return ""
        if capture.overflowed:
            return "output"
        if cancel is not None and cancel.is_set():
            return "cancelled"
        now = time.monotonic()
        if now >= deadline:
            return "time"
        if now >= next_poll:
            if killed := meter.exceeded(pid):
                return killed
            next_poll = time.monotonic() + POLL


def _end(pid: int) -> None:
    """Kill the whole tree below `pid`, and its process group, and wait until all of it is gone.

    Raises SandboxError when something survives, such as a process stuck in the kernel.
    """
    seen: dict[int, str] = {}
    deadline = time.monotonic() + _GONE_SECONDS
    while True:
        seen |= {child: birth(child) for child in descendants(pid) - {pid} - set(seen)}
        living = [child for child, born in seen.items() if born and birth(child) == born]
        if not living:
            break
        # The root last: with it gone first, the others would no longer be found below it.
        for victim in sorted(living, reverse=True):
            _kill(victim)
        if time.monotonic() > deadline:
            raise SandboxError(
                f"processes {sorted(living)} of a job survive SIGKILL",
                "look for a hanging file system or device; end them before the next run",
            )
        time.sleep(0.001)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    _kill(pid)


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _disk(job: Job) -> int:
    return folder_bytes(mount.host for mount in job.mounts if mount.writable)


def _check_started(launch: Launch, capture: Capture, returncode: int) -> None:
    """Raise SandboxError unless the isolation reported that the command ran."""
    if launch.status is None:
        return
    # All who could report are gone; a fork elsewhere in the caller may still hold the write end.
    os.set_blocking(launch.status, False)
    try:
        lines = os.read(launch.status, _REPORT_BYTES).decode("utf-8", "replace").splitlines()
    except BlockingIOError:
        lines = []
    reports = [json.loads(line) for line in lines if line.strip()]
    if not any("exit-code" in report for report in reports):
        reason = next((r["error"] for r in reports if "error" in r), capture.stderr.strip())
        raise SandboxError(
            f"{launch.sandbox} could not set up the sandbox (status {returncode}): {reason}",
            "run `whetstone doctor` to see which sandboxes work on this machine and why",
        )
