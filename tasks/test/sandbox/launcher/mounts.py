"""The launcher's mount namespace: read-only but for the job's folders, host scratch hidden."""

from __future__ import annotations

import os
from pathlib import Path

from . import kernel
from .spec import Spec


def confine(spec: Spec) -> None:
    """Arrange the mounts for `spec` in this process's own, private mount namespace.

    Landlock alone does not stop chmod, chown or utime on files that the user owns: a read-only
    mount does.
    """
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    wanted = [*spec.readable, *spec.writable]
    folders = _topmost([folder for folder in spec.covered if not _within(folder, wanted)])
    held = {path: os.open(path, os.O_PATH) for path in (*wanted, spec.workdir)}
    for folder in folders:
        _cover(folder, spec.scratch_bytes)
    for path, descriptor in sorted(held.items(), key=lambda pair: pair[0].count("/")):
        if path in spec.writable or _within(path, folders):
            _bind(descriptor, path)
        os.close(descriptor)
    kernel.set_mount_readonly("/", True)
    for path in (*folders, *spec.writable):
        kernel.set_mount_readonly(path, False)


def _within(path: str, folders: list[str]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def _topmost(folders: list[str]) -> list[str]:
    return [f for f in folders if not _within(f, [other for other in folders if other != f])]


def _cover(folder: str, size: int) -> None:
    """Lay an empty file system over `folder`."""
    mode = "1777" if folder in ("/tmp", "/dev/shm") else "0755"
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("tmpfs", folder, "tmpfs", flags, f"size={size},mode={mode}")


def _bind(descriptor: int, path: str) -> None:
    """Show at `path` what `descriptor` was opened on before folders were covered."""
    source = f"/proc/self/fd/{descriptor}"
    if not os.path.lexists(path):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        if os.path.isdir(source):
            Path(path).mkdir()
        else:
            Path(path).touch()
    kernel.mount(source, path, None, kernel.MS_BIND | kernel.MS_REC)
