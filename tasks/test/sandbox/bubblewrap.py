"""The bubblewrap backend: an empty root with namespaces of its own, filled by read-only binds."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from tasks.errors import SandboxError
from tasks.test.sandbox.descriptors import Descriptors
from tasks.test.sandbox.identity import Identity, borrowed
from tasks.test.sandbox.job import MIB, Job, Mount
from tasks.test.sandbox.launcher import seccomp
from tasks.test.sandbox.layout import etc_files, interpreter_folders, system_folders
from tasks.test.sandbox.outcome import Outcome
from tasks.test.sandbox.supervisor import Launch, supervise

_NAMESPACES = (
    "--unshare-net",
    "--unshare-pid",
    "--unshare-ipc",
    "--unshare-uts",
    "--unshare-cgroup-try",
)


@dataclass(frozen=True)
class Bubblewrap:
    """Runs jobs through `bwrap` (0.8 or newer), as root or not."""

    name: str = "bubblewrap"

    def run(self, job: Job, cancel: Event | None = None) -> Outcome:
        """See Sandbox.run."""
        program = shutil.which("bwrap")
        if program is None:
            raise SandboxError("bwrap is not on PATH", "install the package `bubblewrap`")
        with borrowed(job) as identity, Descriptors() as descriptors:
            status, report = descriptors.pipe()
            options = [
                *_isolation(identity, report, descriptors.holding(seccomp.program())),
                *_root_folder(job),
                *("--chdir", os.path.abspath(job.workdir)),
            ]
            # Through a descriptor: argument lists are public on the host, environments are not.
            arguments = descriptors.holding(b"".join(os.fsencode(o) + b"\0" for o in options))
            argv = (program, "--args", str(arguments), "--", *_inner(job, identity), *job.command)
            launch = Launch(
                argv=argv,
                environment=job.full_environment(),
                sandbox=self.name,
                inherited=descriptors.hand_over(),
                status=status,
            )
            return supervise(launch, job, cancel)


def _isolation(identity: Identity, report: int, filter_: int) -> list[str]:
    options = [*_NAMESPACES, "--die-with-parent", "--new-session"]
    if not identity.dropped:
        options.append("--unshare-user")
    return [*options, "--json-status-fd", str(report), "--seccomp", str(filter_)]


def _root_folder(job: Job) -> list[str]:
    """Everything that the job sees. Order matters: later entries lie over earlier ones."""
    size = str(job.limits.disk_mb * MIB)
    scratch = ("--perms", "1777", "--size", size, "--tmpfs")
    options = ["--proc", "/proc", "--dev", "/dev", *scratch, "/dev/shm", "--remount-ro", "/dev"]
    options += [*scratch, "/tmp"]
    for folder in system_folders():
        if folder.is_symlink():
            options += ["--symlink", os.readlink(folder), str(folder)]
        else:
            options += ["--ro-bind", str(folder), str(folder)]
    mounts = [Mount(path) for path in (*etc_files(), *interpreter_folders())]
    mounts += job.all_mounts()
    for parent in _missing_parents(mounts):
        options += ["--perms", "0755", "--dir", str(parent)]
    for mount in mounts:
        kind = "--bind" if mount.writable else "--ro-bind"
        options += [kind, str(mount.host), str(mount.inside)]
    # The root is a tmpfs of bwrap's own, writable until now.
    return [*options, "--remount-ro", "/"]


def _missing_parents(mounts: list[Mount]) -> list[Path]:
    """The folders above the mounts that exist in no mount: bwrap would make them 0700."""
    there = [*system_folders(), *(mount.inside for mount in mounts)]
    parents = {parent for mount in mounts for parent in mount.inside.parents}
    missing = [p for p in parents if not any(p.is_relative_to(folder) for folder in there)]
    return sorted(missing, key=lambda path: len(path.parts))


def _inner(job: Job, identity: Identity) -> list[str]:
    """What runs inside before the command: limits, and for root the way down to a plain user.

    The limit on processes is set here and not outside, where it would count all of the caller's.
    """
    rlimits = [f"--{name.lower()}={value}" for name, value in job.limits.rlimits().items()]
    limit = ["prlimit", *rlimits, "--"]
    if not identity.dropped:
        return limit
    drop = ["setpriv", f"--reuid={identity.uid}", f"--regid={identity.uid}", "--clear-groups"]
    return [*limit, *drop, "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--"]
