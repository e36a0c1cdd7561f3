"""What a search has cost: in evaluations, in passes of the metric, in seconds, in model calls."""

from __future__ import annotations

from typing import TypeVar

from tasks.records.base import Record

T = TypeVar("T", int, float)


class Cost(Record):
    """Everything that was spent, by anything that has to be paid for.

    `evaluations` counts distinct trees (for a repetition: seeds), crashed ones too, and `passes`
    the same work in passes over all development items, which also holds the parts of one that
    traces, probes, screening and stopped trials ran. `seconds` and `cpu_seconds` are of sandboxed
    jobs, by the clock and on the processor; `own_cpu_seconds` of Whetstone's own process, such as
    diagnosis or a sampler's model. `tokens` and `money` are what a language model cost, in and out
    together; None where none was asked, or where it has no prices.
    """

    evaluations: int = 0
    passes: float = 0.0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    own_cpu_seconds: float = 0.0
    tokens: int | None = None
    money: float | None = None

    def plus(self, other: Cost) -> Cost:
        """Both together."""
        return Cost(
            evaluations=self.evaluations + other.evaluations,
            passes=self.passes + other.passes,
            seconds=self.seconds + other.seconds,
            cpu_seconds=self.cpu_seconds + other.cpu_seconds,
            own_cpu_seconds=self.own_cpu_seconds + other.own_cpu_seconds,
            tokens=_sum(self.tokens, other.tokens),
            money=_sum(self.money, other.money),
        )


def _sum(one: T | None, other: T | None) -> T | None:
    if one is None or other is None:
        return one if other is None else other
    return one + other
