"""Compares the predictions for a changed input with what the relation expects."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from itertools import takewhile

from tasks.diagnose.probes.probe import Case
from tasks.records.evidence import ProbeExample, ProbeResult

EXAMPLES = 5
LEAD = 20
SHOWN = 160
"""Characters of an example before the first difference, and in all."""


def compared(
    relation: str,
    case: Case,
    before: Mapping[str, str],
    after: Mapping[str, str],
    unsteady: AbstractSet[str] = frozenset(),
) -> ProbeResult:
    """How many predictions are not what they must be.

    `before` and `after` map item ids to predictions, `unsteady` are items whose prediction moves by
    itself; those, and items of which the relation says nothing, are left out.
    """
    wanted = {
        item: expected
        for item, prediction in before.items()
        if item not in unsteady and item in after
        and (expected := case.expected(prediction)) is not None
    }  # fmt: skip
    violated = sorted(i for i, expected in wanted.items() if _plain(expected) != _plain(after[i]))
    examples = tuple(
        ProbeExample(item=item, expected=due, found=found)
        for item in violated[:EXAMPLES]
        for due, found in [_around(_plain(wanted[item]), _plain(after[item]))]
    )
    return ProbeResult(
        relation=relation, what=case.what, items=len(wanted), violations=tuple(violated),
        examples=examples,
    )  # fmt: skip


def _around(one: str, other: str) -> tuple[str, str]:
    """Both texts from shortly before the place where they part."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    start = max(0, sum(1 for _ in alike) - LEAD)
    mark = "…" if start else ""
    return mark + one[start : start + SHOWN], mark + other[start : start + SHOWN]


def _plain(text: str) -> str:
    return " ".join(text.split())
