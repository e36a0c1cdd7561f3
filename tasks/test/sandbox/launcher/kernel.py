"""System calls that the standard library of Python 3.11 does not wrap, through ctypes."""

from __future__ import annotations

import ctypes
import os

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000

MS_NOSUID, MS_NODEV, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 4096, 16384, 1 << 18
AT_RECURSIVE = 0x8000
MOUNT_ATTR_RDONLY = 1

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _PR_CAPBSET_DROP = 1, 22, 38, 24
_SECCOMP_MODE_FILTER = 2
_AT_FDCWD = -100
# These numbers are the same on every processor: they were added after the tables were unified.
_MOUNT_SETATTR, _LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 442, 444, 445, 446
_LAST_CAPABILITY = 63

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> int:
    """Call the C library's `name`; raises OSError as the call failed."""
    result = int(getattr(_libc, name)(*arguments))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def _syscall(number: int, *arguments: object) -> int:
    return _call("syscall", ctypes.c_long(number), *arguments)


def _prctl(option: int, *arguments: object) -> int:
    values = [ctypes.c_ulong(0)] * (4 - len(arguments))
    return _call("prctl", ctypes.c_int(option), *arguments, *values)


def unshare(flags: int) -> None:
    """Move into new namespaces; the pid namespace takes children only."""
    _call("unshare", ctypes.c_int(flags))


def die_with_parent() -> None:
    """Have SIGKILL sent to this process when the thread that started it ends."""
    _prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(9))


def no_new_privileges() -> None:
    """Make set-uid programs plain ones, for this process and all below, for good."""
    _prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1))


def drop_bounding_set() -> None:
    """Take every capability out of reach of later programs."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            _prctl(_PR_CAPBSET_DROP, ctypes.c_ulong(capability))
        except OSError:
            return  # numbered without gaps: the first unknown one ends the list


def filter_system_calls(program: bytes) -> None:
    """Install a seccomp filter: an array of `struct sock_filter`."""

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))

    argument = Program(len(program) // 8, program)
    _prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), ctypes.byref(argument))


def mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """See mount(2)."""
    texts = [None if text is None else os.fsencode(text) for text in (source, target, kind, data)]
    try:
        _call("mount", texts[0], texts[1], texts[2], ctypes.c_ulong(flags), texts[3])
    except OSError as error:
        raise OSError(error.errno, error.strerror, source, None, target) from error


def set_mount_readonly(path: str, readonly: bool) -> None:
    """Make the mount at `path`, with all below it, read-only or writable again."""
    attribute = ctypes.c_uint64(MOUNT_ATTR_RDONLY)
    nothing = ctypes.c_uint64(0)
    values = [attribute, nothing] if readonly else [nothing, attribute]
    attributes = (ctypes.c_uint64 * 4)(values[0], values[1], nothing, nothing)
    flags = ctypes.c_uint(AT_RECURSIVE if readonly else 0)
    size = ctypes.c_size_t(ctypes.sizeof(attributes))
    at = ctypes.c_int(_AT_FDCWD)
    _syscall(_MOUNT_SETATTR, at, os.fsencode(path), flags, ctypes.byref(attributes), size)


def landlock_version() -> int:
    """The Landlock ABI of this kernel; raises OSError where it is absent or switched off."""
    return _syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1))


def landlock_ruleset(handled: bytes) -> int:
    """A ruleset's descriptor for a `struct landlock_ruleset_attr`."""
    return _syscall(_LANDLOCK_CREATE, handled, ctypes.c_size_t(len(handled)), ctypes.c_uint(0))


def landlock_allow(ruleset: int, rule: bytes) -> None:
    """Add a `struct landlock_path_beneath_attr`."""
    _syscall(_LANDLOCK_ADD, ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint(0))


def landlock_restrict(ruleset: int) -> None:
    """Confine this process, and all that it starts, to the ruleset."""
    _syscall(_LANDLOCK_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint(0))
