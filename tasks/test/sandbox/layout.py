"""Which parts of the host every job may read: system libraries and this Python, nothing else."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
ETC = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/etc/nsswitch.conf")


@cache
def system_folders() -> tuple[Path, ...]:
    """The folders of SYSTEM that exist, symbolic links (/bin -> usr/bin) included."""
    return tuple(path for path in map(Path, SYSTEM) if path.exists())


@cache
def etc_files() -> tuple[Path, ...]:
    """The few parts of /etc that programs need to start."""
    return tuple(path for path in map(Path, ETC) if path.exists())


@cache
def interpreter_folders() -> tuple[Path, ...]:
    """The folders that hold this Python: its environment and its base, under the names of both.

    An environment often lies inside a project's checkout: only the environment is listed. Folders
    below SYSTEM are left out, as they are seen anyway.
    """
    prefixes = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix)}
    prefixes |= {prefix.resolve() for prefix in prefixes}
    system = [Path("/usr"), Path("/usr").resolve()]
    outside = {p for p in prefixes if not any(p.is_relative_to(folder) for folder in system)}
    return tuple(sorted(outside, key=lambda path: (len(path.parts), path)))
