"""Telling items: those whose outcome the findings behind a proposal predict to change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from stages.run import Run
from tasks.records.base import Record
from tasks.records.change import Finding, Proposal
from tasks.records.evidence import FlowTrace, Location
from tasks.records.outputs import Findings, Hypotheses

R = TypeVar("R", bound=Record)
MOST = 0.5
"""The part of the items that may be telling: what predicts a change everywhere tells nothing."""
LIKELY = 0.5
"""The part of a slice's traced items that must have run a place for all of the slice to be told."""


def telling(run: Run, proposal: Proposal) -> frozenset[str]:
    """Ids of items that the search sees and that are run first; empty where nothing is predicted.

    They are those of the slices that the findings or the hypothesis name, or else those of the
    slices in which the traced items ran the findings' places. Only the order of the evaluation
    depends on them. Only questions are ordered so: suites run failing tests first in any case.
    """
    if run.benchmark is None:
        return frozenset()
    found = _latest(run, 10, Findings)
    findings = [f for f in found.findings if f.id in proposal.findings] if found else []
    formed = _latest(run, 11, Hypotheses)
    causes = [h for h in formed.hypotheses if h.id == proposal.hypothesis] if formed else []
    named = {name for f in findings for name in f.slices}
    named |= {name for h in causes for name in h.slices}
    items = {i.id for group in run.workload.search().values() for i in group}
    slices = {item: of for item, of in run.slices.items() if item in items}
    chosen = of_slices(slices, named) if named else _where_run(run, proposal.base, findings, slices)
    return chosen if len(chosen) <= MOST * len(items) else frozenset()


def of_slices(slices: Mapping[str, Mapping[str, str]], named: Iterable[str]) -> frozenset[str]:
    """The items of any slice named as `dimension=value`."""
    wanted = set(named)
    return frozenset(
        item for item, of in slices.items() if wanted & {f"{d}={v}" for d, v in of.items()}
    )


def likely_to_run(
    ran: frozenset[str], traced: Iterable[str], slices: Mapping[str, Mapping[str, str]]
) -> frozenset[str]:
    """The items of those slices of whose traced items at least `LIKELY` ran a place.

    A slice is here what all dimensions together tell of an item.
    """
    counts: dict[tuple[str, ...], list[int]] = {}
    for item in traced:
        if item in slices:
            own = counts.setdefault(_told(slices[item]), [0, 0])
            own[0] += item in ran
            own[1] += 1
    likely = {told for told, (some, all_) in counts.items() if some >= LIKELY * all_}
    return frozenset(item for item, of in slices.items() if _told(of) in likely)


def _where_run(
    run: Run, base: str, findings: Iterable[Finding], slices: Mapping[str, Mapping[str, str]]
) -> frozenset[str]:
    trace = run.observed[base].trace if base in run.observed else run.stored(6, 0, FlowTrace)
    if trace is None:
        return frozenset()
    ran = frozenset[str]().union(*(ran_at(trace, finding.location) for finding in findings))
    return likely_to_run(ran, trace.item_ids, slices) if ran else ran


def ran_at(trace: FlowTrace, place: Location) -> frozenset[str]:
    """The traced items during which a place ran: its statement where it is known, its function."""
    statement = f"{place.path}:{place.line}"
    if statement in trace.statements:
        return trace.named(trace.statements[statement])
    return frozenset(trace.coverage.get(f"{place.path}:{place.function}", ()))


def _told(of: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{dimension}={value}" for dimension, value in sorted(of.items()))


def _latest(run: Run, number: int, schema: type[R]) -> R | None:
    rounds = [round_ for round_ in run.ledger.rounds(number) if round_ <= run.round]
    return run.stored(number, max(rounds), schema) if rounds else None
