"""A seccomp filter that refuses what neither namespaces nor Landlock confine.

Classic BPF as in the kernel's Documentation/userspace-api/seccomp_filter.rst. Refused: sockets
outside the unix and internet families (AF_VSOCK reaches the hypervisor past a network namespace),
new namespaces, io_uring (it opens sockets past this filter), memory that belongs to no process's
resident size (memfd, System V), tracing, keys, mounts and kernel modules.
"""

from __future__ import annotations

import errno
import platform
import struct
from dataclasses import dataclass

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_X32_BIT = 0x40000000
_NEW_NAMESPACE = 0x7E020000
_FAMILIES = (1, 2, 10)


@dataclass(frozen=True)
class _Machine:
    audit: int
    socket: int
    clone: int
    refused: tuple[int, ...]
    absent: tuple[int, ...]


_CLONE3 = 435
_MACHINES = {
    "x86_64": _Machine(
        audit=0xC000003E,
        socket=41,
        clone=56,
        refused=(
            *(101, 310, 311, 312, 438),  # ptrace, process_vm_readv, _writev, kcmp, pidfd_getfd
            *(248, 249, 250),  # add_key, request_key, keyctl
            *(321, 298, 323, 425),  # bpf, perf_event_open, userfaultfd, io_uring_setup
            *(272, 308, 165, 166, 155),  # unshare, setns, mount, umount2, pivot_root
            *(442, 428, 429, 430),  # mount_setattr, open_tree, move_mount, fsopen
            *(246, 175, 313, 176),  # kexec_load, init_module, finit_module, delete_module
            *(304, 172, 173),  # open_by_handle_at, iopl, ioperm
        ),
        absent=(319, 447, 29, 68, 240),  # memfd_create, memfd_secret, shmget, msgget, mq_open
    ),
    "aarch64": _Machine(
        audit=0xC00000B7,
        socket=198,
        clone=220,
        refused=(
            *(117, 270, 271, 272, 438),
            *(217, 218, 219),
            *(280, 241, 282, 425),
            *(97, 268, 40, 39, 41),
            *(442, 428, 429, 430),
            *(104, 105, 273, 106),
            265,
        ),
        absent=(279, 447, 194, 186, 180),
    ),
}


def known_machine() -> bool:
    """True when there is a filter for this processor."""
    return platform.machine() in _MACHINES


def program() -> bytes:
    """The filter for this processor. Raises KeyError on one that is not known."""
    machine = _MACHINES[platform.machine()]
    code = [
        _op(_LOAD, _ARCHITECTURE),
        _op(_EQUAL, machine.audit, 1, 0),
        _op(_RETURN, _KILL),
        _op(_LOAD, _NUMBER),
        _op(_AT_LEAST, _X32_BIT, 0, 1),
        _op(_RETURN, _ERRNO | errno.EPERM),
    ]
    for number in machine.refused:
        code += [_op(_EQUAL, number, 0, 1), _op(_RETURN, _ERRNO | errno.EPERM)]
    # "Not implemented" makes the C library fall back: clone3 to clone, memfd to a file.
    for number in (*machine.absent, _CLONE3):
        code += [_op(_EQUAL, number, 0, 1), _op(_RETURN, _ERRNO | errno.ENOSYS)]
    code += [
        _op(_EQUAL, machine.clone, 0, 4),
        _op(_LOAD, _FIRST_ARGUMENT),
        _op(_ANY_BIT, _NEW_NAMESPACE, 0, 1),
        _op(_RETURN, _ERRNO | errno.EPERM),
        _op(_RETURN, _ALLOW),
        _op(_EQUAL, machine.socket, 1, 0),
        _op(_RETURN, _ALLOW),
        _op(_LOAD, _FIRST_ARGUMENT),
        *(_op(_EQUAL, family, len(_FAMILIES) - i, 0) for i, family in enumerate(_FAMILIES)),
        _op(_RETURN, _ERRNO | errno.EAFNOSUPPORT),
        _op(_RETURN, _ALLOW),
    ]
    return b"".join(code)


def _op(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """One `struct sock_filter`."""
    return struct.pack("=HBBI", code, if_true, if_false, value)
