"""The baseline of program repair: the same edits in random order, without any diagnosis."""

from __future__ import annotations

import dataclasses
import random

from researchers.program_analysis.researcher import ProgramAnalysis
from tasks.records.candidate import Failure
from tasks.records.change import Finding, Hypothesis, Proposal
from tasks.records.dossier import Dossier, Drafts
from tasks.records.evidence import FlowTrace
from tasks.records.reflection import Outcome, Reflection

EVERYTHING = 100_000


class Shuffled:
    """Drafts every edit that the operators can make on the untraced program, and shuffles them.

    One seed gives one order over a whole run: what was tried is passed over.
    """

    name = "shuffled"

    def __init__(self) -> None:
        self._operators = ProgramAnalysis(learn=False)

    def diagnose(self, dossier: Dossier) -> tuple[Finding, ...]:
        """No place is more suspicious than another."""
        return ()

    def hypothesize(
        self, dossier: Dossier, findings: tuple[Finding, ...]
    ) -> tuple[Hypothesis, ...]:
        """No cause is thought of."""
        return ()

    def propose(
        self,
        dossier: Dossier,
        findings: tuple[Finding, ...],
        hypotheses: tuple[Hypothesis, ...],
        limit: int,
    ) -> Drafts:
        """The first `limit` of all edits in random order."""
        order = self.everything(dossier)
        ranked = [
            proposal.model_copy(update={"priority": 1.0 / (1 + place), "findings": ()})
            for place, proposal in enumerate(order[:limit])
        ]
        return Drafts(proposals=tuple(ranked))

    def everything(self, dossier: Dossier) -> tuple[Proposal, ...]:
        """All edits that the operators can make on the dossier's tree, in the order of its seed.

        The order is of the edits alone: the same tree committed at another time has it too.
        """
        blind = dataclasses.replace(dossier, trace=FlowTrace(flows=()), samples=(), experience=())
        drafts = self._operators.propose(blind, (), (), EVERYTHING)
        order = sorted(drafts.proposals, key=lambda proposal: proposal.edit_digest)
        random.Random(dossier.seed).shuffle(order)
        return tuple(order)

    def repair(self, dossier: Dossier, failure: Failure) -> Proposal | None:
        """Nothing is mended: the next edit is as good."""
        return None

    def reflect(
        self, dossier: Dossier, outcomes: tuple[Outcome, ...], refinements: int
    ) -> Reflection:
        """Nothing is learned."""
        return Reflection()
