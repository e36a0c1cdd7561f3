"""Partial mends: on a suite, an edit that makes some failing tests pass, for no known reason.

Among hundreds of edits that no finding speaks for, some mend a part of the failing tests by chance.
Once one is accepted, everything is drafted on top of it, and the right edit may not be found any
more. So the first of a champion wait, a round at least and until a third of the experiments is
used: an edit that mends every test may come, or others to be merged with them. Once one has waited,
all that pass count.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stages.run import Run
from stages.suites import FIRST_ROUND, rivals_again, solved
from tasks.records.candidate import Candidate
from tasks.records.outputs import Validation
from tasks.records.trial import Trial, Verdict

WAITS = "it mends some failing tests, and waits for one that mends all"
PATIENCE = 1 / 3
"""Of a run's experiments: until so many are used, what mends a part waits on."""
LEAST_LEFT = 2 * FIRST_ROUND
"""Experiments that must be left for a round of waiting."""
LEAST_OPENINGS = 3
"""Openings of the seal that must be left for it: for rivals, the merge, and one more."""
LONGEST_WAIT = 12
"""Rounds in a row after which nothing waits on, new edits or not."""
LATEST = 0.5
"""Of a run's time: later, nothing is held back."""


def partial_mends(
    run: Run,
    champion: str,
    verdicts: Sequence[Verdict],
    trials: Sequence[Trial],
    candidates: Sequence[Candidate],
) -> frozenset[str]:
    """The candidates that passed and are to wait; none where one of them deserves better."""
    if run.suite is None or not _is_early(run):
        return frozenset()
    passed = frozenset(v.candidate for v in verdicts if v.verdict == "accepted")
    whole = any(
        trial.evaluation is not None and solved(trial.evaluation)
        for trial in trials
        if trial.candidate in passed
    )
    founded = any(c.proposal.findings for c in candidates if c.id in passed)
    again = passed & {proposal.id for proposal in rivals_again(run, champion)}
    waited = again and not _is_patient(run)
    return frozenset() if whole or founded or waited else passed


def may_wait(run: Run) -> bool:
    """Whether there is enough left of a run to look for something better than what passed."""
    asking = run.seal.left() >= LEAST_OPENINGS
    return asking and _is_early(run) and _is_patient(run) and _waited(run) < LONGEST_WAIT


def _waited(run: Run) -> int:
    """How many rounds in a row ended with something that waits."""
    rounds = 0
    for round_ in reversed([r for r in run.ledger.rounds(20) if r < run.round]):
        validation = run.stored(20, round_, Validation)
        if validation is None or not validation.waiting:
            break
        rounds += 1
    return rounds


def _is_early(run: Run) -> bool:
    return run.remaining() >= LEAST_LEFT and run.elapsed() <= LATEST * run.minutes * 60


def _is_patient(run: Run) -> bool:
    return run.used() < PATIENCE * run.experiments


def held_back(verdict: Verdict, waiting: Collection[str], reason: str = WAITS) -> Verdict:
    """The verdict of a change that passed and may have to wait."""
    if verdict.candidate not in waiting:
        return verdict
    return verdict.model_copy(update={"verdict": "superseded", "reason": reason})
