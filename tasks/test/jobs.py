"""One sandboxed call of the target's code: mounts, environment, limits, and errors in words."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tasks.errors import PredictError
from tasks.target import Target
from tasks.test.sandbox import Job, Limits, Mount, Outcome, Sandbox

TAIL = 2_000
BASE_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONNOUSERSITE": "1",
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
}


@dataclass(frozen=True)
class Invocation:
    """What an instrumented call adds to a plain one: variables, and folders it may read."""

    environment: Mapping[str, str] = field(default_factory=dict)
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()


def run_job(
    target: Target,
    sandbox: Sandbox,
    command: Sequence[str],
    *,
    tree: Path,
    seed: int,
    cache: Path | None = None,
    readable: Sequence[Path] = (),
    writable: Sequence[Path] = (),
    names: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
    seconds: float | None = None,
    check: bool = True,
) -> Outcome:
    """Runs a command of the target in its tree. With `check`, raises PredictError on failure."""
    writable = (*writable, *([cache] if cache is not None else []))
    python = target.environment.python or sys.executable
    filled = fill(command, {"python": python, **(names or {})})
    variables = {
        **BASE_ENVIRONMENT,
        **target.environment.variables,
        "PYTHONHASHSEED": str(seed % 2**32),
        "WHETSTONE_SEED": str(seed),
        **({"WHETSTONE_CACHE": str(cache)} if cache is not None else {}),
        **(environment or {}),
    }
    job = Job(
        command=tuple(filled),
        workdir=tree,
        mounts=(
            Mount(tree),
            *_interpreter_mounts(target),
            *(Mount(path) for path in readable),
            *(Mount(path, writable=True) for path in writable),
        ),
        environment=variables,
        limits=Limits(
            seconds=seconds or target.limits.seconds,
            memory_mb=target.limits.memory_mb,
            processes=target.limits.processes,
            disk_mb=target.limits.disk_mb,
        ),
    )
    outcome = sandbox.run(job)
    if check and not outcome.ok:
        raise failed(filled, outcome, target)
    return outcome


def fill(command: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Replaces `{name}` in each argument; other braces stay as they are."""
    filled = []
    for argument in command:
        for name, value in names.items():
            argument = argument.replace("{" + name + "}", value)
        filled.append(argument)
    return filled


def failed(command: Sequence[str], outcome: Outcome, target: Target) -> PredictError:
    """The error of a command that did not end well, with the end of what it printed."""
    shown = " ".join(command)
    tail = (outcome.stderr.strip() or outcome.stdout.strip())[-TAIL:]
    if outcome.killed == "time":
        return PredictError(
            f"`{shown}` was stopped after {outcome.seconds:.0f} s",
            f"make it faster, or raise limits.seconds (now {target.limits.seconds:g})",
        )
    if outcome.killed:
        return PredictError(
            f"`{shown}` exceeded its {outcome.killed} limit\n{tail}",
            "use less, or raise the limit under `limits` in the contract",
        )
    return PredictError(
        f"`{shown}` ended with status {outcome.returncode}\n{tail}",
        "run the command by hand in a checkout of the target and mend what it reports",
    )


def _interpreter_mounts(target: Target) -> tuple[Mount, ...]:
    """The environment of a target that has an interpreter of its own."""
    if target.environment.python is None:
        return ()
    executable = Path(target.environment.python)
    prefixes = {executable.parent.parent, Path(os.path.realpath(executable)).parent.parent}
    outside = sorted(p for p in prefixes if p.is_dir() and not p.is_relative_to("/usr"))
    return tuple(Mount(p) for p in outside)
