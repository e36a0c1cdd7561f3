"""What earlier rounds of a run proposed, tried and found, read from the ledger."""

from __future__ import annotations

from stages.run import Run
from tasks.records.candidate import Candidate
from tasks.records.change import Proposal
from tasks.records.dossier import Drafts
from tasks.records.outputs import Candidates, Decision, Repairs, Trials, Validation
from tasks.validate import Outcome, outcome_of


def proposals(run: Run) -> tuple[Proposal, ...]:
    """Everything drafted in this run, refinements included."""
    drafted = [run.stored(12, r, Drafts) for r in run.ledger.rounds(12)]
    decided = [run.stored(21, r, Decision) for r in run.ledger.rounds(21)]
    return (
        *(p for drafts in drafted if drafts is not None for p in drafts.proposals),
        *(p for decision in decided if decision is not None for p in decision.refinements),
    )


def candidates_of(run: Run, round_: int) -> dict[str, Candidate]:
    """The candidates of a round by id, as repaired where they were, broken ones too."""
    made, repairs = run.stored(15, round_, Candidates), run.stored(17, round_, Repairs)
    return {
        candidate.id: candidate
        for candidate in (
            *(made.candidates if made is not None else ()),
            *(repairs.ready if repairs is not None else ()),
        )
    }


def tried_on(run: Run, commit: str) -> frozenset[str]:
    """Digests of edits that this run has tried on this commit."""
    made = [run.stored(15, r, Candidates) for r in run.ledger.rounds(15)]
    done = [run.stored(18, r, Trials) for r in run.ledger.rounds(18)]
    trials = [trial for stored in done if stored is not None for trial in stored.trials]
    ran = {trial.candidate for trial in trials if trial.state != "not_run"}
    left = {trial.candidate for trial in trials} - ran
    return frozenset(
        candidate.proposal.edit_digest
        for candidates in made
        if candidates is not None
        for candidate in candidates.candidates
        if candidate.parent == commit and candidate.id not in left
    )


def dev_outcomes(run: Run) -> tuple[Outcome, ...]:
    """The outcomes of all dev tests of earlier rounds, in order: what the correction counts."""
    made = [run.stored(20, r, Validation) for r in run.ledger.rounds(20) if r < run.round]
    return tuple(
        outcome_of(verdict)
        for validation in made
        if validation is not None
        for verdict in validation.verdicts
        if verdict.alpha is not None
    )
