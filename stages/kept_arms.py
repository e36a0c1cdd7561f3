"""The arms of a run as the ledger keeps them: under stage 0, one round for each name."""

from __future__ import annotations

from stages.run import Run
from tasks.errors import WhetstoneError
from tasks.ledger import StageMark
from tasks.records.attribution import AutomlArm

ARMS = ("declared", "literals", "random_edits", "luck")
FIRST_ARM = ARMS[0]
AUTOML = 0
"""An arm is no stage of the graph; the ledger keeps it under this number."""


def find_arm(name: str) -> str:
    """The name, if there is such an arm. Raises WhetstoneError."""
    if name not in ARMS:
        raise WhetstoneError(f"no arm '{name}'", f"choose one of {', '.join(ARMS)}")
    return name


def find_arms(names: str) -> tuple[str, ...]:
    """The arms of a list with commas, each once, in their own order. Raises WhetstoneError."""
    asked = {find_arm(name.strip()) for name in names.split(",") if name.strip()}
    return tuple(arm for arm in ARMS if arm in asked)


def arm_record(run: Run, arm: str) -> AutomlArm | None:
    """An arm that has finished."""
    return run.stored(AUTOML, ARMS.index(arm), AutomlArm)


def arm_records(run: Run) -> tuple[AutomlArm, ...]:
    """The arms that have finished, in the order of `ARMS`."""
    found = (arm_record(run, arm) for arm in ARMS)
    return tuple(arm for arm in found if arm is not None)


def keep_arm(run: Run, arm: AutomlArm, seconds: float, cpu_seconds: float, at: float) -> None:
    """Stores an arm with its mark."""
    mark = StageMark(
        number=AUTOML,
        name="automl",
        round=ARMS.index(arm.arm),
        seconds=seconds,
        output=arm.digest,
        inputs={},
        cpu_seconds=cpu_seconds,
        at=at,
    )
    run.ledger.store(mark, arm)
    run.ledger.append("marks", mark)
