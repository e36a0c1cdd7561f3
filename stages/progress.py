"""What a run tells whoever watches it; the terminal and the tests satisfy it alike."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives events as they happen; must not raise and must be safe across threads."""

    def stage_started(self, number: int, name: str, round_: int) -> None:
        """A stage begins; round 0 is before the first round."""
        ...

    def stage_finished(self, number: int, seconds: float, headline: str) -> None:
        """A stage ended; the headline says what it found in a few words."""
        ...

    def trial_started(self, title: str) -> None:
        """A candidate's trial begins."""
        ...

    def trial_finished(self, title: str, state: str, delta: str) -> None:
        """A trial ended: its state, and its paired difference in words where it has one."""
        ...

    def standing(self, best: float, evaluations: int, budget: int) -> None:
        """The champion's development score, and evaluations used of how many."""
        ...

    def thinking(self, state: str) -> None:
        """What the model has cost so far, or what it is waited for; replaces what was said."""
        ...

    def note(self, text: str) -> None:
        """Something worth a line, such as a degradation."""
        ...


class Silent:
    """Says nothing."""

    def stage_started(self, number: int, name: str, round_: int) -> None:
        """See Progress."""

    def stage_finished(self, number: int, seconds: float, headline: str) -> None:
        """See Progress."""

    def trial_started(self, title: str) -> None:
        """See Progress."""

    def trial_finished(self, title: str, state: str, delta: str) -> None:
        """See Progress."""

    def standing(self, best: float, evaluations: int, budget: int) -> None:
        """See Progress."""

    def thinking(self, state: str) -> None:
        """See Progress."""

    def note(self, text: str) -> None:
        """See Progress."""
