"""How gains compose, in words: whole against parts, interactions, and what credit rests on."""

from __future__ import annotations

from tasks.records.credit import Composition, CreditCost, Interaction
from tasks.records.document import RunDocument
from tasks.records.score import Difference
from tasks.report.wording import TYPE_NAMES, counted, difference, duration, line

SHOWN = 12
"""Interactions that the page lists; all are in report.json."""


def sentences(document: RunDocument) -> tuple[tuple[str, str], ...]:
    """Names and sentences for the first screen and the terminal; empty where nothing was accepted.

    `Do gains compose` says it plainly where they do not.
    """
    credit = document.credit
    if credit is None or not document.accepted:
        return ()
    found = [("Credit rests on", credit.note or _basis(credit.cost))]
    if renamed := _renamed(document):
        found.append(("Types by rule", renamed))
    if credit.composition is not None and len(document.accepted) > 1:
        found.insert(0, ("Do gains compose", _composes(credit.composition)))
    return tuple(found)


def strongest(document: RunDocument) -> list[tuple[str, str, Difference]]:
    """Pairs of types, then pairs of changes, by how far their interval is from zero."""
    if document.credit is None:
        return []
    titles = {change.id: line(change.title, 60) for change in document.accepted}
    names = {str(kind): name for kind, name in TYPE_NAMES.items()} | titles
    order = sorted(document.credit.interactions, key=_weight)
    return [
        (names.get(pair.first, pair.first), names.get(pair.second, pair.second), pair.difference)
        for pair in order[:SHOWN]
    ]


def _renamed(document: RunDocument) -> str:
    """Where the rule says another type than the proposer; empty where they agree throughout."""
    tried = (*document.accepted, *document.rejected)
    apart = sum(change.renamed for change in tried)
    if not apart:
        return ""
    named = [
        f"{line(change.title, 70)} ({change.declared_type} to its proposer, "
        f"{change.change_type} by rule)"
        for change in document.accepted
        if change.renamed
    ]
    told = f": {'; '.join(named)}" if named else ", none of them accepted"
    return f"{apart} of {counted(len(tried), 'change')} of another type than declared{told}."


def _weight(pair: Interaction) -> tuple[bool, bool, float]:
    bounds = pair.difference.interval
    clear = bounds.low > 0 or bounds.high < 0
    return pair.between != "types", not clear, -abs(pair.difference.delta)


def _composes(found: Composition) -> str:
    figures = (
        f"alone on the base the changes earn {difference(found.parts)} in sum, together "
        f"{difference(found.whole)}; the rest is {difference(found.residual)}."
    )
    if found.verdict == "overlap":
        return f"Gains do not compose, they overlap: {figures}"
    if found.verdict == "synergy":
        return f"Gains do not compose, they need each other: {figures}"
    if found.residual.interval.exact:
        return f"Gains add up: {figures}"
    return f"Nothing speaks against adding up: {figures}"


def _basis(cost: CreditCost) -> str:
    how = {
        "exact": "every set of changes that stands by itself",
        "sampled": f"{counted(cost.orders, 'order')} of the changes, drawn in antithetic pairs",
        "none": "leave-one-out",
    }[cost.method]
    spent = f"{counted(cost.evaluations, 'evaluation')}: leave-one-out and up to {cost.budget} more"
    return f"{how}: {counted(cost.measured, 'set')} measured by {spent}, {duration(cost.seconds)}."
