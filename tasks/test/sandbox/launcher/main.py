"""Confines itself as told, then becomes the job's command.

Three processes: the outer one, in the caller's pid namespace, passes the exit code on; the first in
the new pid namespace reaps orphans, and its end is the end of everything there; the last one gives
up every right and is replaced by the command.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from typing import NoReturn

from . import kernel, mounts, rules, seccomp
from .spec import Spec

_NOT_FOUND = 127
_FAILED = 125


def main(descriptor: int) -> NoReturn:
    """Run the job that is described on `descriptor`."""
    with os.fdopen(descriptor, "rb") as file:
        spec = Spec.decoded(file.read())
    os.set_inheritable(spec.status, False)
    try:
        _isolate(spec)
        first = os.fork()
        if first == 0:
            _be_first(spec)
    except OSError as error:
        _report(spec, {"error": str(error)})
        sys.exit(_FAILED)
    code = _exit_code(os.waitpid(first, 0)[1])
    if code != _FAILED:
        _report(spec, {"exit-code": code})
    sys.exit(code)


def _isolate(spec: Spec) -> None:
    """New namespaces, and the mounts in them."""
    kernel.die_with_parent()
    if os.getppid() != spec.parent:
        sys.exit(_FAILED)
    flags = kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWNET
    flags |= kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS
    if spec.uid is None:
        uid, gid = os.getuid(), os.getgid()
        kernel.unshare(flags | kernel.CLONE_NEWUSER)
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{uid} {uid} 1"),
            ("gid_map", f"{gid} {gid} 1"),
        ):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(text)
    else:
        kernel.unshare(flags)
    mounts.confine(spec)


def _be_first(spec: Spec) -> NoReturn:
    """Be the init of the pid namespace: start the command and reap until it ends."""
    kernel.die_with_parent()
    child = os.fork()
    if child == 0:
        _be_command(spec)
    while True:
        pid, status = os.wait()
        if pid == child:
            os._exit(_exit_code(status))


def _be_command(spec: Spec) -> NoReturn:
    """Give up every right, then become the command."""
    try:
        os.setsid()
        for name, value in spec.rlimits.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
        kernel.drop_bounding_set()
        if spec.uid is not None:
            os.setgroups([])
            os.setresgid(spec.uid, spec.uid, spec.uid)
            os.setresuid(spec.uid, spec.uid, spec.uid)
        os.chdir(spec.workdir)
        kernel.no_new_privileges()
        rules.confine(spec)
        kernel.filter_system_calls(seccomp.program())
    except OSError as error:
        _report(spec, {"error": str(error)})
        os._exit(_FAILED)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvpe(spec.command[0], list(spec.command), spec.environment)
    except OSError as error:
        os.write(2, f"{spec.command[0]}: {error.strerror}\n".encode())
        os._exit(_NOT_FOUND)


def _exit_code(status: int) -> int:
    code = os.waitstatus_to_exitcode(status)
    return 128 - code if code < 0 else code


def _report(spec: Spec, fact: dict[str, str | int]) -> None:
    os.write(spec.status, json.dumps(fact).encode() + b"\n")
