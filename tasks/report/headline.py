"""The first screen in words: what improved, who earned it, against tuning, at what cost."""

from __future__ import annotations

from tasks.records.document import ChangeEntry, RunDocument
from tasks.records.score import Difference
from tasks.records.usage import Usage
from tasks.report.wording import (
    TYPE_NAMES,
    counted,
    difference,
    duration,
    line,
    number,
)


def title(document: RunDocument) -> str:
    """The finding as one sentence, no more than the evidence carries."""
    name, metric = line(document.target, 60), line(document.metric.name, 40)
    if document.status == "failed":
        return f"The run on {name} failed before it could conclude"
    if not document.accepted and document.status == "completed":
        return f"No change was accepted: {name} stands as it was"
    if not document.accepted and document.status == "running":
        return f"No change is accepted yet: {name} stands as it was"
    if not document.accepted:
        return f"The run on {name} was {document.status} before it could conclude"
    sealed = document.sealed_gain
    if sealed is None:
        return f"{metric} of {name} improved on the development split; the sealed split is unopened"
    if sealed.interval.low > 0:
        return f"{metric} of {name} improved, and the sealed split confirms it"
    if sealed.interval.high < 0:
        return f"{metric} of {name} improved in development; the sealed split contradicts it"
    return f"{metric} of {name} improved in development; the sealed split does not decide"


def earned(document: RunDocument) -> str:
    """Which type of change earned most."""
    measured = [
        (entry.change_type, entry.earned) for entry in document.by_type if entry.earned is not None
    ]
    if not document.accepted:
        return "Nothing was accepted, so nothing was earned."
    if not measured:
        return "Credit by type was not measured."
    measured.sort(key=lambda entry: -entry[1].delta)
    kind, best = measured[0]
    if best.interval.low <= 0:
        return "No type of change earned a gain that stands clear of zero by itself."
    rivals = [credit for _, credit in measured[1:]]
    clear = all(rival.interval.high < best.interval.low for rival in rivals)
    lead = "" if clear or not rivals else ", by the figures; intervals overlap"
    return f"{TYPE_NAMES[kind]} earned most{lead}: {difference(best)} on the development split."


def unproven(document: RunDocument) -> str:
    """Which accepted changes have no credit of their own that stands clear of zero; else empty.

    Each passed its trial against the champion of then; credit is averaged over the orders in which
    the changes could have come, after some of which it adds less.
    """
    found = [
        f"{line(change.title, 90)} ({_unproven(change)})"
        for change in document.accepted
        if _unproven(change)
    ]
    if not found:
        return ""
    whole = f"{len(found)} of {counted(len(document.accepted), 'accepted change')}"
    return f"{whole} without credit of its own clear of zero: {'; '.join(found)}."


def _unproven(change: ChangeEntry) -> str:
    credit = change.earned
    if credit is None:
        return line(change.contribution_note, 80) or "not measured"
    return difference(credit) if credit.interval.low <= 0 <= credit.interval.high else ""


def against_tuning(document: RunDocument) -> str:
    """The gain beside Optuna's, on the sealed split where both were measured on it."""
    arm = document.automl
    if arm is None:
        return "No AutoML arm was run."
    if not document.accepted and arm.gain is not None:
        return (
            f"The search gained nothing; Optuna {difference(arm.gain)} (development split), "
            f"after {searched(document)} and {arm.evaluations} evaluations."
        )
    ours, theirs, where = document.sealed_gain, arm.sealed_gain, "sealed"
    if ours is None or theirs is None:
        ours, theirs, where = document.gain, arm.gain, "development"
    if ours is None or theirs is None:
        return f"Not comparable: {line(arm.note, 120) or 'one of the two was not measured'}."
    minus = arm.sealed_lead if where == "sealed" else arm.lead
    lead = "The search gained more" if ours.delta > theirs.delta else "Optuna gained more"
    lead += _hedge(ours, theirs, minus)
    if ours.delta == theirs.delta:
        lead = "Both gained the same"
    paired = ""
    if minus is not None:
        paired = f"; item by item the champion minus Optuna's best is {difference(minus)}"
    return (
        f"{lead}: {difference(ours)}, against {difference(theirs)} ({where} split), "
        f"after {searched(document)} and {arm.evaluations} evaluations{paired}."
    )


def _hedge(ours: Difference, theirs: Difference, minus: Difference | None) -> str:
    """What takes back a lead: paired item by item where that was measured, else by intervals."""
    if minus is not None:
        clear = minus.interval.low > 0 or minus.interval.high < 0
        return "" if clear else ", but not beyond chance"
    apart = ours.interval.low > theirs.interval.high or theirs.interval.low > ours.interval.high
    return "" if apart else ", but the intervals overlap"


def searched(document: RunDocument) -> int:
    """Evaluations that the search itself took: its trials, and merges of what passed."""
    spent = document.evaluations_by_purpose
    return spent.get("trial", 0) + spent.get("merge", 0)


def ending(document: RunDocument) -> str:
    """Why the search ended."""
    return f"{line(document.ending, 300)}." if document.ending else "It has not ended by itself."


def cost(document: RunDocument) -> str:
    """Evaluations, time and openings of the seal."""
    told = document.credit.sealed_note if document.credit else ""
    return (
        f"{counted(document.evaluations, 'evaluation')} for all purposes "
        f"({number(document.full_equivalents, 1)} full passes), {duration(document.seconds)}; "
        f"sealed split opened {counted(document.sealed_openings, 'time')}"
        + (f" ({told})." if told else ".")
    )


def asked(document: RunDocument) -> str:
    """What the model was asked and what that cost; empty for a researcher without one."""
    model = document.model
    if model is None:
        return ""
    who = ", ".join(model.models) or model.name
    if not model.total.calls:
        return f"{line(who, 80)} was not asked."
    said = f"{line(who, 80)}: {used(model.total)}"
    kept = len(document.accepted)
    if kept:
        said += f"; {round(model.total.tokens / kept):,} tokens for an accepted change"
    faults = ", ".join(f"{kind.replace('_', ' ')} {count}" for kind, count in model.events.items())
    return f"{said}.{f' Events: {faults}.' if faults else ''}"


def used(usage: Usage) -> str:
    """Calls, tokens and money in words."""
    rough = "about " if usage.estimated else ""
    cached = f", {usage.cached:,} of them cached" if usage.cached else ""
    money = "no price known" if usage.money is None else f"money {usage.money:.4f}"
    return (
        f"{counted(usage.calls, 'call')}, {rough}{usage.prompt:,} tokens in{cached}, "
        f"{usage.completion:,} out, {money}, {duration(usage.seconds)} of waiting"
    )
