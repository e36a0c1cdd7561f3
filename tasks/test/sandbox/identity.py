"""Who the job runs as, and the loan of its writable folders to that user."""

from __future__ import annotations

import itertools
import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import SandboxError
from tasks.test.sandbox.job import Job

_FIRST_UID = 64_600
_UIDS = 900
_counter = itertools.count()


@dataclass(frozen=True)
class Identity:
    """The host uid (also gid) of a job. `dropped` says that it is another than the caller's."""

    uid: int
    dropped: bool


@contextmanager
def borrowed(job: Job) -> Iterator[Identity]:
    """Lend the job's writable mounts to the user that it is to run as, and take them back.

    Root drops to a uid of the job's own, so that process limits and signals of two jobs do not
    touch; anyone else runs jobs under their own uid, inside a user namespace.
    """
    if not _can_drop():
        yield Identity(os.getuid(), dropped=False)
        return
    _refuse_private(job)
    uid = _FIRST_UID + (os.getpid() * 37 + next(_counter)) % _UIDS
    folders = [mount.host for mount in job.all_mounts() if mount.writable]
    try:
        _give(folders, uid)
        yield Identity(uid, dropped=True)
    finally:
        _give(folders, os.getuid())


def _can_drop() -> bool:
    """True for root whose user namespace knows the uids that jobs get."""
    if os.geteuid() != 0:
        return False
    last = _FIRST_UID + _UIDS
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        inside, _, count = map(int, line.split())
        if inside <= _FIRST_UID and last < inside + count:
            return True
    return False


def _refuse_private(job: Job) -> None:
    """Raise SandboxError for a read-only mount that the job's user could not read."""
    for mount in job.all_mounts():
        mode = mount.host.stat().st_mode
        needed = 0o005 if stat.S_ISDIR(mode) else 0o004
        if not mount.writable and mode & needed != needed:
            raise SandboxError(
                f"{mount.host} has mode {stat.S_IMODE(mode):o}: the sandbox drops root, and the "
                "job's user may not read it",
                f"chmod -R o+rX {mount.host}, or run as an ordinary user",
            )


def _give(folders: list[Path], uid: int) -> None:
    """Change the owner of each tree without following links.

    Through chown(1), which walks a tree of any depth; a hostile one overruns a recursive walk.
    """
    if not folders:
        return
    argv = ["chown", "-R", "-P", "-h", f"{uid}:{uid}", "--", *map(str, folders)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SandboxError(
            f"the owner of the job's writable folders cannot be changed: {done.stderr.strip()}",
            "put them on a file system that knows owners, or run as an ordinary user",
        )
