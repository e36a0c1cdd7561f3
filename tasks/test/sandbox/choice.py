"""Chooses the sandbox: the strongest that works here, or a refusal."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tasks.errors import SandboxError
from tasks.test.sandbox.backend import Sandbox
from tasks.test.sandbox.bubblewrap import Bubblewrap
from tasks.test.sandbox.job import Job, Limits, Mount
from tasks.test.sandbox.landlock import Landlock
from tasks.test.sandbox.launcher.seccomp import known_machine
from tasks.test.sandbox.unsandboxed import Unsandboxed

_ISOLATING: tuple[Sandbox, ...] = (Bubblewrap(), Landlock())
"""Strongest first."""


@dataclass(frozen=True)
class Availability:
    """Whether a sandbox works on this machine; `why` says why not, or what was tried."""

    name: str
    available: bool
    why: str


@cache
def probe() -> tuple[Availability, ...]:
    """Try every isolating sandbox with a real job, once a process."""
    return tuple(_try(sandbox) for sandbox in _ISOLATING)


def choose(allow_unsandboxed: bool = False, prefer: str | None = None) -> Sandbox:
    """The sandbox named by `prefer`, else the strongest that works.

    Without any that works, the unsandboxed runner if `allow_unsandboxed`; it is never chosen while
    a sandbox works unless `prefer` names it as well. Raises SandboxError otherwise.
    """
    unsandboxed = Unsandboxed()
    names = [*(sandbox.name for sandbox in _ISOLATING), unsandboxed.name]
    if prefer is not None and prefer not in names:
        raise SandboxError(f"there is no sandbox {prefer!r}", f"name one of {', '.join(names)}")
    if prefer == unsandboxed.name:
        if allow_unsandboxed:
            return unsandboxed
        raise SandboxError(
            "candidate code is not run without a sandbox unless that is allowed",
            "allow it by name with --allow-unsandboxed, for code that you trust",
        )
    reasons = []
    for sandbox, state in zip(_ISOLATING, probe(), strict=True):
        if prefer in (None, sandbox.name):
            if state.available:
                return sandbox
            reasons.append(f"{state.name}: {state.why}")
    if allow_unsandboxed and prefer is None:
        return unsandboxed
    raise SandboxError(
        f"no sandbox works here ({'; '.join(reasons)})",
        "install bubblewrap (apt install bubblewrap) and allow user namespaces, or allow running "
        "without a sandbox by name with --allow-unsandboxed, for code that you trust",
    )


def _try(sandbox: Sandbox) -> Availability:
    if not known_machine():
        return Availability(sandbox.name, False, "no system call filter for this processor")
    if shutil.which("prlimit") is None:
        return Availability(sandbox.name, False, "prlimit (util-linux) is not on PATH")
    with tempfile.TemporaryDirectory(prefix="whetstone-probe-") as folder:
        made = Path(folder, "made")
        made.mkdir()
        command = ("sh", "-c", f"echo probe > {made}/probe")
        job = Job(command, Path("/usr"), (Mount(made, writable=True),), limits=Limits(seconds=10))
        try:
            outcome = sandbox.run(job)
        except SandboxError as error:
            return Availability(sandbox.name, False, error.cause)
        if not outcome.ok or not (made / "probe").is_file():
            return Availability(sandbox.name, False, f"a trivial job failed: {outcome.stderr}")
    return Availability(sandbox.name, True, f"a trivial job took {outcome.seconds * 1000:.0f} ms")
