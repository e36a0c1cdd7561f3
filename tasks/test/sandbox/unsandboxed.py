"""No sandbox: limits and a clean environment only, for trusted code, when asked for by name."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from tasks.errors import SandboxError
from tasks.test.sandbox.job import Job
from tasks.test.sandbox.outcome import Outcome
from tasks.test.sandbox.supervisor import Launch, supervise

_SHARED_WITH_THE_USER = ("NPROC",)


@dataclass(frozen=True)
class Unsandboxed:
    """Runs jobs as the caller, with the caller's files and network. Isolates nothing.

    Its name is recorded with every result. A daemon that leaves the process tree is not found, and
    the number of processes is not bounded: the kernel would count all of the user's.
    """

    name: str = "unsandboxed"

    def run(self, job: Job, cancel: Event | None = None) -> Outcome:
        """See Sandbox.run."""
        for mount in job.all_mounts():
            if mount.inside.resolve() != mount.host:
                raise SandboxError(
                    f"without a sandbox {mount.host} cannot be shown at {mount.inside}",
                    "install bubblewrap, or mount it at its own path",
                )
        rlimits = job.limits.rlimits()
        flags = [f"--{n.lower()}={v}" for n, v in rlimits.items() if n not in _SHARED_WITH_THE_USER]
        with tempfile.TemporaryDirectory(prefix="whetstone-job-") as scratch:
            private = {"HOME": scratch, "TMPDIR": scratch}
            launch = Launch(
                argv=("prlimit", *flags, "--", *job.command),
                environment=job.full_environment() | private | dict(job.environment),
                sandbox=self.name,
                cwd=str(Path(job.workdir)),
            )
            return supervise(launch, job, cancel)
