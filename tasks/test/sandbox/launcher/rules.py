"""The launcher's Landlock ruleset, see the kernel's Documentation/userspace-api/landlock.rst."""

from __future__ import annotations

import os
import stat
import struct

from . import kernel
from .spec import Spec

MINIMUM_VERSION = 3
"""The first ABI that also refuses truncation of a file by its name."""

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_TRUNCATE, _IOCTL_DEVICE = 1 << 14, 1 << 15
_ALL_RIGHTS = {3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_MAKE_DEVICES = (1 << 6) | (1 << 11)
_BIND_AND_CONNECT_TCP = 3
_ABSTRACT_SOCKETS_AND_SIGNALS = 3
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


def confine(spec: Spec) -> None:
    """Confine this process to the paths of `spec`. Raises OSError where Landlock is too old."""
    version = kernel.landlock_version()
    if version < MINIMUM_VERSION:
        raise OSError(f"Landlock ABI {version} is older than {MINIMUM_VERSION}")
    handled = _ALL_RIGHTS[min(version, 5)]
    ports = _BIND_AND_CONNECT_TCP if version >= 4 else 0
    scopes = _ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = kernel.landlock_ruleset(struct.pack("=QQQ", handled, ports, scopes)[:size])
    written = handled & ~_MAKE_DEVICES & ~_IOCTL_DEVICE
    for path in spec.readable:
        _allow(ruleset, path, _READ)
    # A rule holds for mounts below it too: a tree below /tmp is kept by its read-only mount alone.
    for path in (*spec.writable, "/tmp", "/dev/shm"):
        _allow(ruleset, path, written)
    for path in _DEVICES:
        _allow(ruleset, path, _READ_FILE | _WRITE_FILE)
    kernel.landlock_restrict(ruleset)
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        rights &= _OF_FILES
    kernel.landlock_allow(ruleset, struct.pack("=Qi", rights, descriptor))
    os.close(descriptor)
