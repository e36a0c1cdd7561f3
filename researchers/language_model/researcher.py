"""The researcher that thinks with a language model: satisfies the protocol, decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import dspy

from researchers.language_model import causes, drafts, mending, prompt_search
from researchers.language_model import reflect as reflecting
from researchers.language_model.explore import Explorer
from researchers.language_model.thinking import StepFailed, Thinker
from tasks.errors import ModelLimitError, ThoughtlessError
from tasks.records.candidate import Failure
from tasks.records.change import Finding, Hypothesis, Proposal
from tasks.records.dossier import Dossier, Drafts, Unmatched
from tasks.records.reflection import Lesson, Outcome, Reflection

T = TypeVar("T")


class LanguageModel:
    """Explores, forms hypotheses, drafts, repairs and reflects, each by typed questions.

    A step whose answer is of no use is stated as a degradation and yields nothing; it is never
    made up. Keeps nothing between calls, so that a resumed run thinks on from its records.
    """

    name = drafts.NAME

    def __init__(self, lm: dspy.LM, adapter: dspy.Adapter) -> None:
        self._thinker = Thinker(lm, adapter)

    def diagnose(self, dossier: Dossier) -> tuple[Finding, ...]:
        """What reading the target turned up, strongest first."""
        explored = Explorer(self._thinker, dossier).explore()
        if explored.problem:
            left = f"{len(explored.findings)} findings of earlier turns are kept"
            _degrade(dossier, "explore", explored.problem, left)
        return explored.findings

    def hypothesize(
        self, dossier: Dossier, findings: tuple[Finding, ...]
    ) -> tuple[Hypothesis, ...]:
        """Causes, most valuable first. Raises ThoughtlessError when none ever came."""
        formed = self._attempt(
            dossier,
            "form hypotheses",
            "this round has none",
            lambda: causes.form(self._thinker, dossier, findings),
        )
        if formed is None:
            _require(dossier, "the model formed no hypotheses")
        return formed or ()

    def propose(
        self,
        dossier: Dossier,
        findings: tuple[Finding, ...],
        hypotheses: tuple[Hypothesis, ...],
        limit: int,
    ) -> Drafts:
        """A change a hypothesis that is new, and the prompts that a search found.

        Raises ThoughtlessError when no change ever came.
        """
        del findings
        fresh, repeats = self._attempt(
            dossier,
            "judge novelty",
            "ideas are screened by their edits alone",
            lambda: causes.repeated(self._thinker, dossier, hypotheses),
        ) or (hypotheses, ())
        made = self._drafts(dossier, fresh[:limit])
        if made and not any(made):
            _require(dossier, f"the model drafted no change for any of {len(made)} hypotheses")
        made += self._prompts(dossier, any(made))
        proposals = {p.edit_digest: p for p in made if isinstance(p, Proposal)}
        ranked = sorted(proposals.values(), key=lambda p: (-p.priority, p.edit_digest))
        unmatched = tuple(u for u in made if isinstance(u, Unmatched))
        return Drafts(proposals=tuple(ranked), unmatched=(*repeats, *unmatched))

    def repair(self, dossier: Dossier, failure: Failure) -> Proposal | None:
        """The failed proposal mended, or None."""
        return self._attempt(
            dossier,
            "repair",
            f"'{failure.proposal.title}' is given up",
            lambda: mending.mend(self._thinker, dossier, failure),
        )

    def reflect(
        self, dossier: Dossier, outcomes: tuple[Outcome, ...], refinements: int
    ) -> Reflection:
        """Lessons, a direction, and at most so many refinements, of its own proposals."""
        own = tuple(o for o in outcomes if o.proposal.researcher == self.name)
        if not own:
            return Reflection()
        made = self._attempt(
            dossier,
            "reflect",
            "the round leaves no lessons",
            lambda: reflecting.reflect(self._thinker, dossier, own),
        )
        lessons, again, direction = made or (tuple[Lesson, ...](), (), "")
        refined = [self._refined(dossier, outcome, how) for outcome, how in again[:refinements]]
        proposals = tuple(p for p in refined if isinstance(p, Proposal))
        return Reflection(lessons=lessons, direction=direction, refinements=proposals)

    def _drafts(
        self, dossier: Dossier, hypotheses: tuple[Hypothesis, ...]
    ) -> list[Proposal | Unmatched | None]:
        """A draft for each; those that came before the model's limit was reached are kept."""
        made: list[Proposal | Unmatched | None] = []
        for hypothesis in hypotheses:
            try:
                made.append(self._draft(dossier, hypothesis))
            except ModelLimitError:
                if not any(made):
                    raise
                break
        return made

    def _prompts(self, dossier: Dossier, something: bool) -> tuple[Proposal, ...]:
        """Prompts that a search found; a limit ends it, and the research if there is nothing."""
        if not dossier.prompts:
            return ()
        try:
            found = self._attempt(
                dossier,
                "improve prompts",
                "the prompts stay as they are",
                lambda: prompt_search.improved(self._thinker, dossier),
            )
        except ModelLimitError:
            if not something:
                raise
            return ()
        return (found,) if found is not None else ()

    def _draft(self, dossier: Dossier, hypothesis: Hypothesis) -> Proposal | Unmatched | None:
        return self._attempt(
            dossier,
            "draft",
            f"no change for: {hypothesis.statement[:120]}",
            lambda: drafts.draft(self._thinker, dossier, hypothesis),
        )

    def _refined(self, dossier: Dossier, outcome: Outcome, how: str) -> Proposal | Unmatched | None:
        return self._attempt(
            dossier,
            "refine",
            f"'{outcome.proposal.title}' is not tried in another form",
            lambda: drafts.refined(self._thinker, dossier, outcome.proposal, outcome.diff, how),
        )

    def _attempt(
        self, dossier: Dossier, purpose: str, effect: str, work: Callable[[], T]
    ) -> T | None:
        """What the step makes; None, and a stated degradation, when it fails."""
        try:
            return work()
        except StepFailed as error:
            _degrade(dossier, purpose, str(error), effect)
            return None


def _require(dossier: Dossier, what: str) -> None:
    """Ends a run in which the model was never of use; one that had its successes goes on."""
    if not dossier.archive:
        raise ThoughtlessError(
            f"{what}, and nothing was tried before",
            "the degradations of the run say why; use a model that keeps to an output schema",
        )


def _degrade(dossier: Dossier, purpose: str, reason: str, effect: str) -> None:
    if dossier.lab is not None:
        dossier.lab.degrade(f"the model's step '{purpose}' failed: {reason}", effect)
