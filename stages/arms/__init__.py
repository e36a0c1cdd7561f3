"""Arms: searches without diagnosis, at the budget of the research, for it to be compared with."""

from stages.arms.arm import run_arm
from stages.arms.running import Budget

__all__ = ["Budget", "run_arm"]
