"""Evaluations divided between researchers that work in one run, by what each has earned so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from stages.history import proposals
from stages.run import Run
from tasks.records.change import Proposal
from tasks.records.outputs import Decision

Earned = Mapping[str, tuple[int, int]]
"""Researcher to its accepted changes and its trials."""


def earned(run: Run) -> dict[str, tuple[int, int]]:
    """Accepted changes and trials of every researcher in earlier rounds."""
    minds = {p.id: p.researcher for p in proposals(run)}
    counts: dict[str, tuple[int, int]] = {}
    for round_ in run.ledger.rounds(21):
        decision = run.stored(21, round_, Decision)
        for verdict in decision.verdicts if decision is not None else ():
            mind = minds.get(verdict.candidate)
            if mind is None or verdict.verdict in {"failed", "idle", "not_run"}:
                continue
            accepted, tried = counts.get(mind, (0, 0))
            counts[mind] = (accepted + (verdict.verdict == "accepted"), tried + 1)
    return counts


def dealt(ordered: Sequence[Proposal], slots: int, known: Earned) -> list[Proposal]:
    """All proposals, so ordered that every beginning divides by the rates of acceptance.

    The rate of a researcher is (accepted + 1) / (trials + 2): Laplace's rule of succession, by
    which one that was never tried gets its chance. Each of them that proposed anything is among
    the first `slots` where there are so many. With one researcher, the order stays.
    """
    waiting = {
        mind: list(group)
        for mind, group in groupby(sorted(ordered, key=lambda p: p.researcher), _mind)
    }
    if len(waiting) < 2:
        return list(ordered)
    rates = {mind: _rate(*known.get(mind, (0, 0))) for mind in waiting}
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


def _rate(accepted: int, tried: int) -> float:
    return (accepted + 1) / (tried + 2)
