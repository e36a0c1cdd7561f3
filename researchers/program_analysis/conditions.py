"""Conditions that tell failing tests from passing ones at a statement, by the states seen there.

Two that hold in the same states say the same here, and only the plainest few of them are kept
(Nguyen et al., SemFix, 2013; Xuan et al., Nopol, 2017).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from researchers.program_analysis.atoms import atoms
from researchers.program_analysis.scene import Condition, Scene, Truths

ALIKE = 2
"""Conditions that hold in the same states that are kept."""
PAIRED = 24
"""Atoms that are joined in pairs."""
JOINED = 0.6
"""Worth of two atoms beside one."""
FUNCTIONS = 12
"""The most suspicious functions, in which operators ask for conditions."""
MOSTLY = 0.6
"""Share of passing tests' states up to which a condition that holds there still tells something."""
LONELY = 0.4
"""Worth of a condition where no passing test came: nothing tells it from others."""


def telling(seen: Scene, wanted: Callable[[Truths], bool]) -> list[Condition]:
    """Conditions whose truths are as wanted, plainest first; of those that agree, a few."""
    found: dict[Truths, list[Condition]] = defaultdict(list)
    for atom in atoms(seen):
        if wanted(atom.truths):
            found[atom.truths].append(atom)
    for pair in _pairs(seen, wanted):
        found[pair.truths].append(pair)
    kept = [
        condition
        for alike in found.values()
        for condition in sorted(alike, key=lambda c: (-c.plainness, len(c.code)))[:ALIKE]
    ]
    return sorted(kept, key=lambda c: (-c.plainness * seen.coverage(c.truths), c.code))


def leaning(seen: Scene) -> list[Condition]:
    """Conditions that hold in failing tests, and in few states of passing ones, best first.

    What they lead to may do a passing test no harm: where it asks for less than was computed.
    """
    found: dict[Truths, Condition] = {}
    for condition in (*atoms(seen), *_joined(seen)):
        share = seen.passing_share(condition.truths)
        if not 0 < share <= MOSTLY or None in condition.truths:
            continue
        worth = condition.plainness * (1 - share)
        known = found.get(condition.truths)
        if known is None or known.plainness < worth:
            found[condition.truths] = replace(condition, plainness=worth)
    return sorted(found.values(), key=lambda c: (-c.plainness * seen.coverage(c.truths), c.code))


def _joined(seen: Scene) -> Iterator[Condition]:
    """Both of two atoms, where neither says the same as the two together."""
    halves = [a for a in atoms(seen) if any(a.truths[: seen.failing]) and None not in a.truths]
    halves.sort(key=lambda a: (-a.plainness * _specific(seen, a), a.code))
    for one, other in combinations(halves[:PAIRED], 2):
        both = _both(seen, one, other, min(one.plainness, other.plainness))
        if any(both.truths[: seen.failing]) and both.truths not in (one.truths, other.truths):
            yield both


def _pairs(seen: Scene, wanted: Callable[[Truths], bool]) -> Iterator[Condition]:
    """Two atoms that are as wanted together, and neither alone."""
    known = {a.truths: a for a in sorted(atoms(seen), key=lambda a: a.plainness)}
    halves = [
        a for a in known.values()
        if not wanted(a.truths) and any(a.truths[: seen.failing]) and None not in a.truths
    ]  # fmt: skip
    halves.sort(key=lambda a: (sum(map(bool, a.truths[seen.failing :])), -a.plainness))
    for one, other in combinations(halves[:PAIRED], 2):
        plainness = min(c.plainness * _specific(seen, c) for c in (one, other))
        both = _both(seen, one, other, plainness)
        if wanted(both.truths):
            yield both


def _both(seen: Scene, one: Condition, other: Condition, plainness: float) -> Condition:
    """Two conditions at once, in the order in which the module asks them."""
    truths = tuple(bool(a and b) for a, b in zip(one.truths, other.truths, strict=True))
    first, second = sorted((one, other), key=lambda c: seen.module.text.find(c.code))
    return Condition(f"{first.code} and {second.code}", JOINED * plainness, truths)


def _specific(seen: Scene, condition: Condition) -> float:
    """1 for a condition that holds in no passing state, half for one that holds in all."""
    return 1 - seen.passing_share(condition.truths) / 2
