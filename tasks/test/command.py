"""The `command` kind: the target prints or writes one number about itself. Unguarded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tasks.errors import PredictError
from tasks.records.base import digest_of
from tasks.records.score import ItemScore
from tasks.target import CommandMetric, Target
from tasks.test.jobs import run_job
from tasks.test.measured import Measured
from tasks.test.sandbox import Sandbox, read_output
from tasks.test.workload import WorkItem

MAX_NUMBER_BYTES = 4096


@dataclass(frozen=True)
class SelfScored:
    """Runs the command once an item; an item is a seed, given to it as WHETSTONE_SEED."""

    target: Target
    sandbox: Sandbox

    @cached_property
    def _metric(self) -> CommandMetric:
        assert isinstance(self.target.metric, CommandMetric)
        return self.target.metric

    @cached_property
    def digest(self) -> str:
        """See Measurement.digest."""
        limits = self.target.limits.model_dump(mode="json")
        environment = self.target.environment.model_dump(mode="json")
        return digest_of(["command", self._metric.command, limits, environment])

    def run(
        self, tree: Path, items: Sequence[WorkItem], seed: int, cache: Path, scratch: Path
    ) -> Measured:
        """See Measurement.run."""
        scores, seconds, cpu_seconds = [], 0.0, 0.0
        for item in items:
            folder = scratch / item.id
            folder.mkdir()
            output = folder / "value"
            outcome = run_job(
                self.target,
                self.sandbox,
                self._metric.command,
                tree=tree,
                seed=seed * 1000 + int(item.id.rpartition("-")[2]),
                cache=cache,
                writable=(folder,),
                names={"output": str(output)},
            )
            text = outcome.stdout
            if output.is_symlink() or output.exists():
                text = read_output(output, MAX_NUMBER_BYTES).decode("utf-8", "replace")
            value = parse_number(text)
            scores.append(
                ItemScore(item=item.id, group=item.group, score=value, prediction=f"{value:g}")
            )
            seconds += outcome.seconds
            cpu_seconds += outcome.cpu_seconds
        return Measured(tuple(scores), seconds, cpu_seconds)


def parse_number(text: str) -> float:
    """The last word of the text as a finite number. Raises PredictError."""
    words = text.split()
    try:
        value = float(words[-1])
    except (IndexError, ValueError) as error:
        raise PredictError(
            f"the metric command ended with {' '.join(words[-5:])!r}, which is no number",
            "print the number last, or write it to {output}",
        ) from error
    if not math.isfinite(value):
        raise PredictError(f"the metric command gave {value}", "give a finite number")
    return value


def seeds(repeats: int) -> tuple[WorkItem, ...]:
    """Items of a self-scored target: `repeats` seeds for dev and as many for the sealed split."""
    names = [f"{split}-{i}" for split, start in (("dev", 0), ("sealed", 500)) for i in
             range(start, start + repeats)]  # fmt: skip
    return tuple(WorkItem(name, name) for name in names)
