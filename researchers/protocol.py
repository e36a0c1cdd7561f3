"""The one protocol that every mind satisfies; nothing above it knows which one is at work."""

from __future__ import annotations

from typing import Protocol

from tasks.records import Failure, Finding, Hypothesis, Proposal
from tasks.records.dossier import Dossier, Drafts


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
