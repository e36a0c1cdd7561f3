"""A researcher whose model has a limit: once that is reached, it has nothing more to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from researchers.protocol import Researcher
from tasks.errors import ModelLimitError
from tasks.records import Failure, Finding, Hypothesis, Proposal
from tasks.records.dossier import Dossier, Drafts
from tasks.records.reflection import Outcome, Reflection

T = TypeVar("T")


class Bounded:
    """Turns the end of the model's budget into empty answers: what was found so far stands.

    The model's desk has kept which limit it was; the decision of the round ends the run by it.
    """

    def __init__(self, inner: Researcher) -> None:
        self.name, self._inner = inner.name, inner

    def diagnose(self, dossier: Dossier) -> tuple[Finding, ...]:
        """See Researcher."""
        return _within(lambda: self._inner.diagnose(dossier), ())

    def hypothesize(
        self, dossier: Dossier, findings: tuple[Finding, ...]
    ) -> tuple[Hypothesis, ...]:
        """See Researcher."""
        return _within(lambda: self._inner.hypothesize(dossier, findings), ())

    def propose(
        self,
        dossier: Dossier,
        findings: tuple[Finding, ...],
        hypotheses: tuple[Hypothesis, ...],
        limit: int,
    ) -> Drafts:
        """See Researcher."""
        none = Drafts(proposals=())
        return _within(lambda: self._inner.propose(dossier, findings, hypotheses, limit), none)

    def repair(self, dossier: Dossier, failure: Failure) -> Proposal | None:
        """See Researcher."""
        return _within(lambda: self._inner.repair(dossier, failure), None)

    def reflect(
        self, dossier: Dossier, outcomes: tuple[Outcome, ...], refinements: int
    ) -> Reflection:
        """See Researcher."""
        return _within(lambda: self._inner.reflect(dossier, outcomes, refinements), Reflection())


def _within(work: Callable[[], T], nothing: T) -> T:
    try:
        return work()
    except ModelLimitError:
        return nothing
