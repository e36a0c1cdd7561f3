"""Early ends: when a suite that is run against a reference has told enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.records.score import Evaluation


@dataclass(frozen=True)
class Early:
    """The tests that the reference fails and those that it passes.

    A candidate that breaks a passing test can never be accepted, and neither can one that mends
    none of the failing ones: the rest of the suite would tell nothing more. Exact, not a guess.
    """

    failing: frozenset[str]
    passing: frozenset[str]

    @classmethod
    def against(cls, reference: Evaluation) -> Early:
        """What a candidate is compared with."""
        failing = frozenset(item.item for item in reference.items if not item.score)
        passing = frozenset(item.item for item in reference.items if item.score)
        return cls(failing, passing)

    def decided(self, passed: Mapping[str, bool]) -> str:
        """Why these results decide the comparison, in words; empty while they do not."""
        broken = sorted(item for item in self.passing if passed.get(item) is False)
        if broken:
            return f"it breaks {broken[0]}"
        if any(passed.get(item) for item in self.failing):
            return ""
        if self.failing and all(item in passed for item in self.failing):
            return f"it mends none of {len(self.failing)} failing test(s)"
        return ""

    def after(self, passed: Mapping[str, bool]) -> Early:
        """What is left to find out once these results are known."""
        mended = any(passed.get(item) for item in self.failing)
        return Early(
            failing=frozenset() if mended else self.failing - passed.keys(),
            passing=self.passing - passed.keys(),
        )
