"""A job: one command of candidate code, what it may see, and how much it may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tasks.errors import SandboxError

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one job may use, all its processes together unless said otherwise.

    `seconds` is wall-clock; `cpu_seconds`, where set, is processor time. `memory_mb` is resident
    memory. `processes` counts processes and threads. `disk_mb` bounds each file, what the job adds
    to all its writable mounts together, and each of its private /tmp and /dev/shm (MiB).
    `output_kb` bounds standard output and standard error together (KiB).
    """

    seconds: float = 120.0
    memory_mb: int = 4096
    processes: int = 256
    disk_mb: int = 512
    output_kb: int = 256
    cpu_seconds: float | None = None
    open_files: int = 1024

    def rlimits(self) -> dict[str, int]:
        """The limits that the kernel itself enforces, by their name in setrlimit(2).

        Address space is a far bound only: torch and thread stacks reserve many times what they
        touch, so what counts as memory is the resident size, which the supervisor watches.
        """
        rlimits = {
            "AS": (4 * self.memory_mb + 16 * 1024) * MIB,
            "FSIZE": self.disk_mb * MIB,
            "NPROC": self.processes,
            "NOFILE": self.open_files,
            "CORE": 0,
        }
        if self.cpu_seconds is not None:
            rlimits["CPU"] = int(self.cpu_seconds) + 1
        return rlimits


@dataclass(frozen=True)
class Mount:
    """A host path that the job sees, read-only unless `writable`, at `target` (default: its own).

    A writable mount belongs to one job at a time: while the job runs as another user, so does the
    folder, and what the job leaves there becomes the caller's again afterwards. Fill it with real
    copies, not hard links: the job may change every file in it.
    """

    source: Path
    target: str | None = None
    writable: bool = False

    @property
    def host(self) -> Path:
        """The absolute source without symbolic links."""
        return self.source.resolve()

    @property
    def inside(self) -> Path:
        """The absolute path at which the job sees it."""
        return Path(self.target) if self.target is not None else Path(os.path.abspath(self.source))


@dataclass(frozen=True)
class Job:
    """One command. `workdir` is seen read-only unless a mount covers it.

    `environment` is all that the command gets beside PATH, LANG, HOME, TMPDIR and USER, which it
    may override; nothing is inherited.
    """

    command: tuple[str, ...]
    workdir: Path
    mounts: tuple[Mount, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    def all_mounts(self) -> tuple[Mount, ...]:
        """The mounts, outer ones first, with `workdir` among them.

        Raises SandboxError when a source does not exist, or when a writable one could have been
        exchanged by an earlier job: a symbolic link, or a folder inside another writable one.
        """
        mounts = list(self.mounts)
        workdir = Path(os.path.abspath(self.workdir))
        if not any(workdir.is_relative_to(mount.inside) for mount in mounts):
            mounts.append(Mount(workdir))
        for mount in mounts:
            _check(mount, mounts)
        return tuple(sorted(mounts, key=lambda mount: len(mount.inside.parts)))

    def full_environment(self) -> dict[str, str]:
        """Exactly the environment that the command gets."""
        basics = {
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": "/tmp",
            "TMPDIR": "/tmp",
            "USER": "job",
        }
        return basics | dict(self.environment)


def _check(mount: Mount, mounts: list[Mount]) -> None:
    if not mount.source.exists():
        raise SandboxError(
            f"the sandbox is to show {mount.source}, which does not exist",
            "create it before the job runs, or take it out of the job's mounts",
        )
    others = [m.host for m in mounts if m.writable and m is not mount]
    inside_another = any(mount.host.is_relative_to(other) for other in others)
    if mount.writable and (mount.source.is_symlink() or inside_another):
        raise SandboxError(
            f"the writable mount {mount.source} is a link, or lies inside another writable mount",
            "give every writable mount a plain folder of its own",
        )
