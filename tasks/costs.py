"""The price of a search: what its lines in the ledger come to, cached work included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tasks.ledger import Spending, StageMark, Work
from tasks.records.cost import Cost
from tasks.records.usage import ModelCall, total

SEARCH_STAGES = range(5, 22)
"""From the map of the code to the last decision: what a research run does and a tuner does not."""


def price(lines: Iterable[Spending]) -> Cost:
    """What some evaluations cost, each distinct one once and in full, whoever paid for it first.

    A tree that another search had evaluated before comes from the cache for nothing. To compare
    two searches, each pays: for a tree on a split under a seed, the larger of what it ran itself
    and of the most that it asked for at a time, at the price when that was run.
    """
    known: dict[tuple[str, str, int], list[Spending]] = defaultdict(list)
    for line in lines:
        known[line.tree, line.split, line.seed].append(line)
    costs = [_one(own) for own in known.values()]
    return Cost(
        evaluations=len(costs),
        passes=sum(cost.passes for cost in costs),
        seconds=sum(cost.seconds for cost in costs),
        cpu_seconds=sum(cost.cpu_seconds for cost in costs),
    )


def research_cost(
    spending: Iterable[Spending],
    work: Iterable[Work],
    marks: Iterable[StageMark],
    base: str,
    calls: Iterable[ModelCall] = (),
    until: float = float("inf"),
) -> Cost:
    """What the search of a research run has cost until a time (epoch seconds).

    All sandboxed jobs of stages 5 to 21, be they evaluations, traces, probes, smoke tests or
    crashes, and what was taken from the cache. The baseline, on the tree `base`, is left out, as
    every search has it for its start; so are looks at the sealed split and credit, as nobody
    searches by them.
    """
    lines = [s for s in spending if s.at <= until and s.split == "dev"]
    searched = {"trial", "merge"}
    lines = [s for s in lines if s.purpose in searched | {"probe"}]
    lines = [s for s in lines if s.purpose == "probe" or s.tree != base]
    jobs = [w for w in work if w.at <= until and w.stage in SEARCH_STAGES]
    ran = sum(s.seconds for s in lines), sum(s.cpu_seconds for s in lines)
    priced = price(lines)
    tried = {s.tree for s in lines if s.purpose in searched}
    asked = tuple(calls)
    return Cost(
        evaluations=len(tried),
        passes=priced.passes,
        seconds=sum(w.seconds for w in jobs) + max(0.0, priced.seconds - ran[0]),
        cpu_seconds=sum(w.cpu_seconds for w in jobs) + max(0.0, priced.cpu_seconds - ran[1]),
        own_cpu_seconds=sum(
            m.cpu_seconds for m in marks if m.number in SEARCH_STAGES and m.at <= until
        ),
        tokens=total(asked).tokens if asked else None,
        money=total(asked).money if asked else None,
    )


def _one(lines: list[Spending]) -> Cost:
    return Cost(
        evaluations=1,
        passes=max(sum(s.share for s in lines), *(s.asked for s in lines)),
        seconds=max(sum(s.seconds for s in lines), *(s.asked_seconds for s in lines)),
        cpu_seconds=max(sum(s.cpu_seconds for s in lines), *(s.asked_cpu_seconds for s in lines)),
    )
