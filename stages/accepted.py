"""The accepted changes of a run, in the order in which they were merged."""

from __future__ import annotations

from stages.run import Run
from tasks.records.candidate import Candidate
from tasks.records.outputs import Repairs, Validation

REPAIRS, VALIDATION = 17, 20


def accepted_changes(run: Run) -> tuple[Candidate, ...]:
    """Every change that the champion holds."""
    accepted: list[Candidate] = []
    for round_ in run.ledger.rounds(VALIDATION):
        validation = run.stored(VALIDATION, round_, Validation)
        repairs = run.stored(REPAIRS, round_, Repairs)
        if validation is None or repairs is None or validation.contradicted:
            continue
        by_id = {candidate.id: candidate for candidate in repairs.ready}
        accepted += [by_id[identifier] for identifier in validation.merged_changes]
    return tuple(accepted)
