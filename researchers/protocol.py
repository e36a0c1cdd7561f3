"""The one protocol that every mind satisfies; nothing above it knows which one is at work."""

from __future__ import annotations

from typing import Protocol

from tasks.records import Failure, Finding, Hypothesis, Proposal
from tasks.records.dossier import Dossier, Drafts
from tasks.records.reflection import Outcome, Reflection


class Researcher(Protocol):
    """Thinks; never runs, scores or decides.

    Implementations are pure with respect to the target: they read `dossier.root` and write
    nothing there. Given the same dossier and seed they return the same records.
    """

    name: str

    def diagnose(self, dossier: Dossier) -> tuple[Finding, ...]:
        """Suspicious places with evidence, strongest first."""
        ...

    def hypothesize(
        self, dossier: Dossier, findings: tuple[Finding, ...]
    ) -> tuple[Hypothesis, ...]:
        """Causes that would explain the findings, with the effect of mending each."""
        ...

    def propose(
        self,
        dossier: Dossier,
        findings: tuple[Finding, ...],
        hypotheses: tuple[Hypothesis, ...],
        limit: int,
    ) -> Drafts:
        """At most `limit` proposals against `dossier.base`, best first."""
        ...

    def repair(self, dossier: Dossier, failure: Failure) -> Proposal | None:
        """A mended version of a proposal that failed its smoke test; None gives up."""
        ...

    def reflect(
        self, dossier: Dossier, outcomes: tuple[Outcome, ...], refinements: int
    ) -> Reflection:
        """What became of its own proposals of a round, as lessons for later ones.

        At most `refinements` of them may be tried again in another form.
        """
        ...
