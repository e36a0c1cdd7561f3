"""Scheduling: by priority with waiting times, by deadline, and over several machines."""

from __future__ import annotations

import heapq
from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """`minutes` of work that can start at `arrival`; a lower priority number is more urgent."""

    name: str
    arrival: int
    minutes: int
    priority: int = 0


def run_by_priority(jobs: list[Job]) -> list[tuple[str, int, int]]:
    """(name, start, end) of each job on one machine that never interrupts a job.

    Of the jobs that have arrived the most urgent one starts, the earlier arrival on a tie, then
    the one that comes first in the input.
    """
    waiting = sorted(enumerate(jobs), key=lambda entry: entry[1].arrival)
    queue: list[tuple[int, int, int]] = []
    result = []
    clock = 0
    while waiting or queue:
        if not queue:
            clock = max(clock, waiting[0][1].arrival)
        while waiting and waiting[0][1].arrival <= clock:
            index, job = waiting.pop(0)
            heapq.heappush(queue, (job.priority, job.arrival, index))
        chosen = jobs[heapq.heappop(queue)[2]]
        result.append((chosen.name, clock, clock + chosen.minutes))
        clock += chosen.minutes
    return result


def mean_wait(jobs: list[Job]) -> float:
    """The mean time between arrival and start; 0.0 without jobs. Names must be distinct."""
    if not jobs:
        return 0.0
    arrival = {job.name: job.arrival for job in jobs}
    return sum(start - arrival[name] for name, start, _ in run_by_priority(jobs)) / len(jobs)


def best_profit(offers: list[tuple[int, int]]) -> int:
    """The best sum of profits of (deadline, profit) offers that take one day each.

    An offer counts when it is done on a day from 1 to its deadline, one a day.
    """
    kept: list[int] = []
    for deadline, profit in sorted(offers):
        heapq.heappush(kept, profit)
        if len(kept) > deadline:
            heapq.heappop(kept)
    return sum(kept)


def spread(minutes: list[int], machines: int) -> list[int]:
    """The load of each machine when the longest jobs go first to the least loaded machine."""
    if machines < 1:
        raise ValueError("at least one machine is needed")
    loads = [0] * machines
    for length in sorted(minutes, reverse=True):
        lightest = loads.index(min(loads))
        loads[lightest] += length
    return loads
