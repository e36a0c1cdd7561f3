"""The arm that edits blindly: the researcher's own edits, in random order, without a diagnosis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from researchers.program_analysis import Shuffled
from stages.arms.source import Attempt, Best
from stages.evidence import dossier_of, failures_of
from stages.run import Run
from tasks.patch import EditError, check_scope
from tasks.records.attribution import ArmTrial
from tasks.records.change import Proposal
from tasks.records.evidence import FlowTrace
from tasks.records.outputs import Experience, Knowledge


@dataclass
class RandomEdits:
    """Draws from all edits that the operators can make on the best so far, each one once.

    What is better than the best becomes the best, and the next edits are drawn for it: a random
    local search. It sees scores, and neither failures nor traces nor what was published.
    """

    run: Run
    study: str = ""
    label: str = "blind operators"
    nothing: str = ""
    _tried: set[str] = field(default_factory=set)
    _count: int = 0
    _drafts: tuple[str, tuple[Proposal, ...]] = ("", ())

    @property
    def note(self) -> str:
        """See Source.note."""
        return f"{len(self._drafts[1])} edits could be made on the last best"

    def resume(self, done: Sequence[ArmTrial]) -> None:
        """See Source.resume."""
        self._tried = {trial.key for trial in done}
        self._count = len(done)

    def ask(self, best: Best, count: int) -> Sequence[Attempt]:
        """See Source.ask."""
        attempts: list[Attempt] = []
        for proposal in self._drawn(best):
            if len(attempts) == count:
                break
            if proposal.edit_digest in self._tried:
                continue
            self._tried.add(proposal.edit_digest)
            attempts.append(self._attempt(best, proposal))
        return attempts

    def tell(self, attempt: Attempt, value: float | None) -> None:
        """See Source.tell: nothing is learnt."""

    def _drawn(self, best: Best) -> tuple[Proposal, ...]:
        """All edits of the best's tree that its contract allows, in the order of the seed."""
        if self._drafts[0] != best.commit:
            dossier = dossier_of(
                self.run,
                best.commit,
                failures=failures_of(self.run, best.evaluation),
                trace=FlowTrace(flows=()),
                knowledge=Knowledge(hits=()),
                experience=Experience(hits=(), known=0),
            )
            drafts = Shuffled().everything(dossier)
            self._drafts = best.commit, tuple(p for p in drafts if self._allowed(p))
        return self._drafts[1]

    def _allowed(self, proposal: Proposal) -> bool:
        try:
            check_scope(proposal, self.run.target)
        except EditError:
            return False
        return True

    def _attempt(self, best: Best, proposal: Proposal) -> Attempt:
        self._count += 1
        edits = len(best.parameters)
        return Attempt(
            number=self._count,
            title=f"random_edits {self._count}",
            base=best.commit,
            edits=proposal.edits,
            seed=self.run.seed,
            parameters={**best.parameters, f"edit {edits + 1}": proposal.title},
            key=proposal.edit_digest,
        )
