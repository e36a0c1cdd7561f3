"""Evaluations divided between researchers that work in one run, by what each has earned so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from stages.history import proposals
from stages.run import Run
from tasks.records.change import Proposal
from tasks.records.outputs import Decision

Earned = Mapping[str, tuple[float, int]]
"""Researcher to the gain on dev of its accepted changes, and its trials."""
CREDIT = 4.0
"""Trials' worth of everybody's mean gain that each researcher is credited with beforehand."""
FLOOR = 0.2
"""No researcher's share is less than this part of the best one's."""


def earned(run: Run, working: Collection[str]) -> Earned:
    """What every researcher gained in earlier rounds, and in how many trials.

    Nothing is looked up where fewer than two are at work: there is nothing to divide.
    """
    if len(working) < 2:
        return {}
    minds = {p.id: p.researcher for p in proposals(run)}
    counts: dict[str, tuple[float, int]] = {}
    for round_ in run.ledger.rounds(21):
        decision = run.stored(21, round_, Decision)
        for verdict in decision.verdicts if decision is not None else ():
            mind = minds.get(verdict.candidate)
            if mind is None or verdict.verdict in {"failed", "idle", "not_run"}:
                continue
            gain, tried = counts.get(mind, (0.0, 0))
            held = verdict.verdict == "accepted" and verdict.dev is not None
            counts[mind] = (gain + (verdict.dev.delta if held and verdict.dev else 0.0), tried + 1)
    return counts


def dealt(ordered: Sequence[Proposal], slots: int, known: Earned) -> list[Proposal]:
    """All proposals, so ordered that every beginning divides by gain per trial.

    A researcher's gain per trial is shrunk towards that of all together, as if it had `CREDIT`
    trials of the common mean behind it, so that one that was never tried gets its chance and one
    lucky trial decides nothing. None falls below `FLOOR` of the best. Each that proposed anything
    is among the first `slots` where there are so many. With one researcher, the order stays.
    """
    waiting = {
        mind: list(group)
        for mind, group in groupby(sorted(ordered, key=lambda p: p.researcher), _mind)
    }
    if len(waiting) < 2:
        return list(ordered)
    rates = _rates({mind: known.get(mind, (0.0, 0)) for mind in waiting})
    given = dict.fromkeys(waiting, 0)
    order: list[Proposal] = []
    while any(waiting.values()):
        left = [mind for mind in waiting if waiting[mind]]
        fresh = [mind for mind in left if not given[mind]]
        pressed = fresh and len(order) + len(fresh) >= slots
        pool = fresh if pressed else left
        mind = min(pool, key=lambda m: ((given[m] + 1) / rates[m], m))
        order.append(waiting[mind].pop(0))
        given[mind] += 1
    return order


def _mind(proposal: Proposal) -> str:
    return proposal.researcher


def _rates(known: Earned) -> dict[str, float]:
    """Gain per trial, in parts of the best one's; all alike while nobody has gained."""
    trials = sum(tried for _, tried in known.values())
    common = sum(max(0.0, gain) for gain, _ in known.values()) / trials if trials else 0.0
    if common <= 0.0:
        return dict.fromkeys(known, 1.0)
    shrunk = {
        mind: (max(0.0, gain) + CREDIT * common) / (tried + CREDIT)
        for mind, (gain, tried) in known.items()
    }
    best = max(shrunk.values())
    return {mind: max(FLOOR, rate / best) for mind, rate in shrunk.items()}
