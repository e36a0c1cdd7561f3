"""Two minds in one run: the one that reads programs, and the one that asks a model."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, zip_longest
from typing import TypeVar

from researchers.protocol import Researcher
from tasks.errors import ThoughtlessError
from tasks.records import Failure, Finding, Hypothesis, Proposal
from tasks.records.dossier import Dossier, Drafts
from tasks.records.reflection import Outcome, Reflection

T = TypeVar("T")


class Mixed:
    """Asks both, and lets both see all findings. The budget stage divides evaluations by earnings.

    `program` must know its own hypotheses again when it forms them anew. Priorities of two minds
    cannot be compared: only the order within each counts, and proposals come in turns.
    """

    name = "mixed"

    def __init__(self, program: Researcher, model: Researcher) -> None:
        self._program, self._model = program, model

    def diagnose(self, dossier: Dossier) -> tuple[Finding, ...]:
        """See Researcher."""
        return _in_turns(self._model.diagnose(dossier), self._program.diagnose(dossier))

    def hypothesize(
        self, dossier: Dossier, findings: tuple[Finding, ...]
    ) -> tuple[Hypothesis, ...]:
        """See Researcher."""
        none = tuple[Hypothesis, ...]()
        theirs = _or(dossier, lambda: self._model.hypothesize(dossier, findings), none)
        return _in_turns(theirs, self._program.hypothesize(dossier, findings))

    def propose(
        self,
        dossier: Dossier,
        findings: tuple[Finding, ...],
        hypotheses: tuple[Hypothesis, ...],
        limit: int,
    ) -> Drafts:
        """See Researcher. A model drafts for its own hypotheses alone, and half as many."""
        own = {h.id for h in self._program.hypothesize(dossier, findings)}
        theirs = tuple(h for h in hypotheses if h.id not in own)
        ours = tuple(h for h in hypotheses if h.id in own)
        asked = _or(
            dossier,
            lambda: self._model.propose(dossier, findings, theirs, max(1, limit // 2)),
            Drafts(proposals=()),
        )
        read = self._program.propose(dossier, findings, ours, limit)
        order = _in_turns(_ranked(asked.proposals), _ranked(read.proposals))
        return Drafts(proposals=order, unmatched=(*asked.unmatched, *read.unmatched))

    def repair(self, dossier: Dossier, failure: Failure) -> Proposal | None:
        """See Researcher: whoever wrote it mends it."""
        return self._of(failure.proposal).repair(dossier, failure)

    def reflect(
        self, dossier: Dossier, outcomes: tuple[Outcome, ...], refinements: int
    ) -> Reflection:
        """See Researcher: each on what it proposed; the model's refinements come first."""
        minds = (self._model, self._program)
        own = [tuple(o for o in outcomes if self._of(o.proposal) is mind) for mind in minds]
        made = [
            mind.reflect(dossier, part, refinements) for mind, part in zip(minds, own, strict=True)
        ]
        return Reflection(
            lessons=tuple(lesson for reflection in made for lesson in reflection.lessons),
            direction=" ".join(r.direction for r in made if r.direction),
            refinements=tuple(p for r in made for p in r.refinements)[:refinements],
        )

    def _of(self, proposal: Proposal) -> Researcher:
        return self._model if proposal.researcher == self._model.name else self._program


def _or(dossier: Dossier, work: Callable[[], T], nothing: T) -> T:
    """What the model makes; where it is of no use that is stated, and the other mind goes on."""
    try:
        return work()
    except ThoughtlessError as error:
        if dossier.lab is not None:
            dossier.lab.degrade(error.cause, "this round has the proposals of the other mind alone")
        return nothing


def _in_turns(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(x for x in chain.from_iterable(zip_longest(first, second)) if x is not None)


def _ranked(proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """The same order, as priorities from 1 downwards."""
    count = len(proposals)
    return tuple(
        p.model_copy(update={"priority": (count - place) / count})
        for place, p in enumerate(proposals)
    )
