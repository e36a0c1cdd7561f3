"""The Landlock backend: the host's own tree, made read-only and mostly unreadable for the job."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from tasks.errors import SandboxError
from tasks.test.sandbox.descriptors import Descriptors
from tasks.test.sandbox.identity import Identity, borrowed
from tasks.test.sandbox.job import MIB, Job, Mount
from tasks.test.sandbox.launcher.spec import Spec
from tasks.test.sandbox.layout import etc_files, interpreter_folders, system_folders
from tasks.test.sandbox.outcome import Outcome
from tasks.test.sandbox.supervisor import Launch, supervise

_START = "import sys; sys.path.insert(0, sys.argv[1]); import launcher.main as m; m.main({})"
_SCRATCH = ("/tmp", "/dev/shm")
_OTHERS_MAY_ENTER = 0o001


@dataclass(frozen=True)
class Landlock:
    """Runs jobs through the launcher beside this file; needs Landlock and namespaces, no program.

    Paths inside are the host's: a mount with another target is refused.
    """

    name: str = "landlock"

    def run(self, job: Job, cancel: Event | None = None) -> Outcome:
        """See Sandbox.run."""
        mounts = job.all_mounts()
        _refuse_moved(mounts)
        with borrowed(job) as identity, Descriptors() as descriptors:
            status, report = descriptors.pipe()
            spec = _spec(job, mounts, identity, report)
            given = descriptors.holding(spec.encoded())
            folder = str(Path(__file__).parent)
            launch = Launch(
                argv=(sys.executable, "-I", "-S", "-c", _START.format(given), folder),
                environment={},
                sandbox=self.name,
                inherited=descriptors.hand_over(),
                status=status,
            )
            return supervise(launch, job, cancel)


def _spec(job: Job, mounts: tuple[Mount, ...], identity: Identity, report: int) -> Spec:
    readable = [*system_folders(), *etc_files(), *interpreter_folders()]
    readable += [mount.host for mount in mounts if not mount.writable]
    writable = [mount.host for mount in mounts if mount.writable]
    closed = _closed_folders([*readable, *writable]) if identity.dropped else set()
    return Spec(
        command=job.command,
        environment=job.full_environment(),
        workdir=str(job.workdir.resolve()),
        readable=tuple(map(str, readable)),
        writable=tuple(map(str, writable)),
        covered=(*_SCRATCH, *sorted(map(str, closed))),
        scratch_bytes=job.limits.disk_mb * MIB,
        rlimits=job.limits.rlimits(),
        uid=identity.uid if identity.dropped else None,
        parent=os.getpid(),
        status=report,
    )


def _closed_folders(paths: list[Path]) -> set[Path]:
    """The topmost folders above `paths` that other users may not enter, such as /root.

    The launcher covers each with an empty one that holds only what the job is to see.
    """
    closed: set[Path] = set()
    for path in paths:
        for parent in reversed(path.parents):
            if not parent.stat().st_mode & _OTHERS_MAY_ENTER:
                closed.add(parent)
                break
    return closed


def _refuse_moved(mounts: tuple[Mount, ...]) -> None:
    for mount in mounts:
        if mount.inside.resolve() != mount.host:
            raise SandboxError(
                f"the Landlock sandbox cannot show {mount.host} at {mount.inside}",
                "install bubblewrap, or mount it at its own path",
            )
