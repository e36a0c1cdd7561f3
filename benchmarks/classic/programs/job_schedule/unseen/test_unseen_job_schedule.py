import itertools
import random

import pytest
from job_schedule import Job, best_profit, mean_wait, run_by_priority, spread


def random_jobs(seed):
    draw = random.Random(seed)
    return [
        Job(f"j{n}", draw.randint(0, 20), draw.randint(1, 6), draw.randint(0, 3))
        for n in range(draw.randint(1, 9))
    ]


def by_the_minute(jobs):
    """The schedule from a simulation that looks at the clock every minute."""
    left = list(enumerate(jobs))
    result, clock = [], 0
    while left:
        ready = [(j.priority, j.arrival, n) for n, j in left if j.arrival <= clock]
        if not ready:
            clock += 1
            continue
        index = min(ready)[2]
        job = jobs[index]
        left.remove((index, job))
        result.append((job.name, clock, clock + job.minutes))
        clock += job.minutes
    return result


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_a_simulation(seed):
    jobs = random_jobs(seed)
    before = list(jobs)
    expected = by_the_minute(jobs)
    assert run_by_priority(jobs) == expected
    starts = {name: start for name, start, _ in expected}
    waits = [starts[job.name] - job.arrival for job in jobs]
    assert mean_wait(jobs) == pytest.approx(sum(waits) / len(waits))
    assert jobs == before


@pytest.mark.parametrize("seed", range(8))
def test_profit_by_all_subsets(seed):
    draw = random.Random(seed)
    offers = [(draw.randint(1, 4), draw.randint(1, 30)) for _ in range(7)]
    best = 0
    for size in range(len(offers) + 1):
        for chosen in itertools.combinations(offers, size):
            if all(day <= d for day, (d, _) in enumerate(sorted(chosen), start=1)):
                best = max(best, sum(profit for _, profit in chosen))
    assert best_profit(offers) == best


@pytest.mark.parametrize("seed", range(5))
def test_spread_by_the_rule(seed):
    draw = random.Random(seed)
    minutes = [draw.randint(1, 20) for _ in range(8)]
    machines = draw.randint(1, 4)
    loads = [0] * machines
    for length in sorted(minutes)[::-1]:
        at = min(range(machines), key=lambda m: (loads[m], m))
        loads[at] += length
    assert spread(minutes, machines) == loads


def test_ties_by_arrival_then_by_input():
    jobs = [Job("first", 0, 5), Job("x", 3, 1), Job("y", 2, 1), Job("z", 2, 1)]
    assert [entry[0] for entry in run_by_priority(jobs)] == ["first", "y", "z", "x"]


def test_job_that_arrives_when_another_ends():
    jobs = [Job("a", 0, 2), Job("slow", 1, 5, 3), Job("urgent", 2, 1, 1)]
    assert [entry[0] for entry in run_by_priority(jobs)] == ["a", "urgent", "slow"]


def test_default_priority_is_zero():
    assert Job("a", 0, 1).priority == 0


@pytest.mark.parametrize("machines", [0, -2])
def test_machines_are_needed(machines):
    with pytest.raises(ValueError, match="at least one machine"):
        spread([], machines)


def test_nothing_to_spread():
    assert spread([], 2) == [0, 0]
    assert spread([3, 1], 1) == [4]
