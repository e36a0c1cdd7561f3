"""Growing k: what a smaller limit retrieves, a larger one retrieves too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tasks.diagnose.probes.compare import EXAMPLES
from tasks.hyperparameters import Hyperparameter, IntegerRange, Scalar
from tasks.records.evidence import ProbeExample, ProbeResult

RELATION = "growing k"
_LIMITS = re.compile(r"(?:^|[._])(?:top_?k|top_?n|k|limit|hits|depth|max_(?:hits|results))$")


def limit_knob(knobs: Sequence[Hyperparameter]) -> IntegerRange | None:
    """The declared knob that says how much is retrieved, by its name; None where there is none."""
    whole = [k for k in knobs if isinstance(k, IntegerRange) and _LIMITS.search(k.key.lower())]
    return min(whole, key=lambda k: ("top" not in k.key.lower(), knobs.index(k)), default=None)


def larger(knob: IntegerRange, value: Scalar) -> int | None:
    """Twice the value, within the declared range; None where it cannot grow."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    grown = min(2 * value, knob.high)
    return grown if grown > value else None


def contained(
    what: str, small: Mapping[str, Sequence[str]], large: Mapping[str, Sequence[str]]
) -> ProbeResult:
    """Items of which the larger limit lost something that the smaller one had retrieved."""
    known = {item: found for item, found in small.items() if found and item in large}
    if not known:
        return ProbeResult(relation=RELATION, reason="predictions do not name what was retrieved")
    lost = {item: [r for r in found if r not in large[item]] for item, found in known.items()}
    violated = sorted(item for item, gone in lost.items() if gone)
    examples = tuple(
        ProbeExample(
            item=item, expected=f"{', '.join(known[item][:8])} and more",
            found=f"without {', '.join(lost[item][:8])}",
        )
        for item in violated[:EXAMPLES]
    )  # fmt: skip
    return ProbeResult(
        relation=RELATION, what=what, items=len(known), violations=tuple(violated),
        examples=examples,
    )  # fmt: skip
