"""Values that tell bad items from good ones: a parameter that is None, a result that is empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from researchers.program_analysis.context import Context
from researchers.program_analysis.localize import losses_of
from researchers.spectrum import share_interval
from tasks.records.change import Finding

QUANTILE = 1.64
APART = 0.1
"""How far the intervals of the two shares must lie apart."""
A_FUNCTION = 3
IN_ALL = 40
RESULT = "return"
TYPES = frozenset({"str", "int", "float", "list", "dict", "tuple", "set", "bytes"})


@dataclass(frozen=True)
class _Split:
    """The items that ran through one function, those with more loss than the mean apart."""

    bad: frozenset[str]
    good: frozenset[str]


@dataclass(frozen=True)
class _Separation:
    """One summary of one value: in how many bad and good items it occurred."""

    value: str
    summary: str
    bad: int
    good: int
    apart: float
    lean: str

    def better(self, other: _Separation) -> bool:
        """Whether it tells more than another of the same value."""
        return (self.apart, self.lean == "bad") > (other.apart, other.lean == "bad")


def find(context: Context) -> Iterator[Finding]:
    """The summaries of values that separate best, the strongest of all functions."""
    losses = losses_of(context.program.dossier)
    found = []
    for key in context.program.dossier.trace.values:
        function = context.program.functions.get(key)
        module = context.program.by_path[function.path] if function is not None else None
        split = _split(context, key, losses)
        if function is None or module is None or not module.editable or split is None:
            continue
        for entry in _separations(context, key, split)[:A_FUNCTION]:
            text = (
                f"{_said(entry, function.name)} in {entry.bad} of {len(split.bad)} items that "
                f"lose most and in {entry.good} of {len(split.good)} of the others"
            )
            detail = {"value": entry.value, "summary": entry.summary, "lean": entry.lean}
            detail["usual"] = _usual(context, key, entry.value, split)
            strength = min(0.9, 0.3 + 0.6 * entry.apart)
            finding = context.finding(
                "value_spectrum", module, function.node, strength, text, detail
            )
            found.append(finding)
    yield from sorted(found, key=lambda finding: (-finding.strength, finding.id))[:IN_ALL]


def _split(context: Context, key: str, losses: dict[str, float]) -> _Split | None:
    ran = [i for i in context.program.dossier.trace.coverage.get(key, ()) if i in losses]
    if not ran:
        return None
    mean = sum(losses[item] for item in ran) / len(ran)
    bad = frozenset(item for item in ran if losses[item] > mean + 1e-9)
    return _Split(bad, frozenset(ran) - bad) if bad else None


def _separations(context: Context, key: str, split: _Split) -> list[_Separation]:
    """Summaries whose shares lie apart, the farthest first, one for each value.

    Of equals, what bad items have goes before what they lack, and types before signs and lengths.
    """
    trace = context.program.dossier.trace
    best: dict[str, _Separation] = {}
    for name, number in trace.values[key].items():
        value, _, summary = name.partition(" is ")
        items = trace.named(number) & (split.bad | split.good)
        bad, good = len(items & split.bad), len(items & split.good)
        apart = _apart(bad, len(split.bad), good, len(split.good))
        lean = "bad" if bad * len(split.good) > good * len(split.bad) else "good"
        entry = _Separation(value, summary, bad, good, apart, lean)
        known = best.get(value)
        if apart >= APART and (known is None or entry.better(known)):
            best[value] = entry
    return sorted(best.values(), key=lambda e: (-e.apart, e.value, e.summary))


def _usual(context: Context, key: str, value: str, split: _Split) -> str:
    """The type that a value has in most good items; '' where that is not known."""
    trace = context.program.dossier.trace
    counts = {
        name.rpartition(" is ")[2]: len(trace.named(number) & split.good)
        for name, number in trace.values[key].items()
        if name.startswith(f"{value} is ") and name.rpartition(" is ")[2] in TYPES
    }
    return max(counts, key=lambda name: (counts[name], name)) if any(counts.values()) else ""


def _apart(bad: int, all_bad: int, good: int, all_good: int) -> float:
    """The gap between the intervals of both shares; negative where they overlap."""
    low, high = share_interval(bad, all_bad, QUANTILE)
    other_low, other_high = share_interval(good, all_good, QUANTILE)
    return max(low - other_high, other_low - high)


def _said(entry: _Separation, function: str) -> str:
    who = "the result" if entry.value == RESULT else f"parameter `{entry.value}`"
    return f"{who} of {function} is {entry.summary}"
