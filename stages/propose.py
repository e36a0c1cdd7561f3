"""Phase propose, stages 12-14: drafts, the novelty screen, and who gets an evaluation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Unpack

from stages.briefing import Briefing, dossier_now
from stages.history import proposals, tried_on
from stages.minds import dealt, earned
from stages.numbers import propose_numbers
from stages.rulings import record_rulings
from stages.run import Run
from stages.second_chance import second_chances
from stages.suites import RIVALS, rivals_again, round_size, screened, solved
from stages.tuner_share import tuner_trials
from tasks.patch import stands_already
from tasks.recall import GitTrees, screen
from tasks.records.change import TUNER, Proposal
from tasks.records.dossier import Drafts, Unmatched
from tasks.records.outputs import (
    Allocation,
    Findings,
    Hypotheses,
    ScreenDecision,
    Screening,
)

DRAFTS_PER_TRIAL = 4
"""Drafts asked for per trial that a round can pay: the screen and the budget choose among them."""
SPARE = 1.25
"""The same on test suites, where the order is followed and the screen drops few."""
ROUNDS_PLANNED = 4
SMALLEST_ROUND = 6
LARGEST_ROUND = 12
"""More would be chosen on old evidence: after a merge the program is traced and diagnosed anew."""


def draft_changes(
    run: Run, findings: Findings, hypotheses: Hypotheses, **briefing: Unpack[Briefing]
) -> Drafts:
    """12: the researcher's proposals against the champion, and the tuner's numbers beside them."""
    dossier = dossier_now(run, briefing)
    champion = run.evaluator.evaluate(dossier.base, purpose="merge", seed=run.seed)
    if run.suite is not None and solved(champion):
        return Drafts(proposals=())
    share = round_share(run)
    drafts = run.researcher.propose(
        dossier, findings.findings, hypotheses.hypotheses, _wanted(run, share)
    )
    tried = tried_on(run, dossier.base)
    fresh = tuple(p for p in drafts.proposals if p.edit_digest not in tried)
    done = tuple(p for p in fresh if stands_already(dossier.root, p.edits))
    fresh = tuple(p for p in fresh if p not in done)
    numbers = propose_numbers(run, dossier.base, _numbers(run, share))
    again = (*second_chances(run, dossier.base), *rivals_again(run, dossier.base))
    said = tuple(Unmatched(source=p.source, reason=f"{p.title}: it is so already") for p in done)
    made = (*again, *fresh, *numbers)
    record_rulings(run, made)
    return Drafts(proposals=made, unmatched=(*drafts.unmatched, *said))


def _wanted(run: Run, share: int) -> int:
    """How many drafts to ask for; each costs the writing of its text and the type rule."""
    return share * DRAFTS_PER_TRIAL if run.suite is None else math.ceil(share * SPARE) + RIVALS


def screen_novelty(run: Run, drafts: Drafts) -> Screening:
    """13: drops what was tried before on the same tree, and says so."""
    if run.suite is not None:
        return Screening(decisions=screened(run, drafts.proposals))
    trees = GitTrees(run.workspace.folder / "repository")
    known = [p for p in proposals(run) if p.id not in {d.id for d in drafts.proposals}]
    judged = [p for p in drafts.proposals if p.source != TUNER or p.refines]
    past = run.experience.all(run.target.name) if run.settings.memory else ()
    decisions = screen(judged, past, trees=trees, known=known)
    numbers = [
        ScreenDecision(proposal=p.id, kept=True, reason="the tuner never repeats itself")
        for p in drafts.proposals
        if p.source == TUNER and not p.refines
    ]
    return Screening(
        decisions=(
            *(
                ScreenDecision(
                    proposal=d.proposal_id, kept=d.novel, reason=d.reason, factor=d.penalty
                )
                for d in decisions
            ),
            *numbers,
        )
    )


def allocate_budget(run: Run, drafts: Drafts, screening: Screening) -> Allocation:
    """14 (gate): spends this round's share on the most promising, each type getting its turn."""
    factors = {d.proposal: d.factor for d in screening.decisions if d.kept}
    kept = [p for p in drafts.proposals if p.id in factors]
    numbers = [p for p in kept if p.source == TUNER and not p.refines]
    code = sorted(
        (p for p in kept if p.source != TUNER or p.refines),
        key=lambda p: -p.priority * factors[p.id],
    )
    share = min(round_share(run), run.remaining())
    tuned = numbers[: _numbers(run, share)]
    first = share - len(tuned)
    code = dealt(code, first, earned(run, {p.researcher for p in code}))
    chosen = _spread(code, first + _spare(run, share))
    chosen_ids = {p.id for p in (*chosen, *tuned)}
    return Allocation(
        selected=tuple(p.id for p in (*chosen[:first], *tuned, *chosen[first:])),
        deferred=tuple(p.id for p in kept if p.id not in chosen_ids),
        tuner_trials=len(tuned),
        remaining=max(0, run.remaining() - len(chosen_ids)),
        reason=f"{len(chosen)} of {len(code)} novel proposals and {len(tuned)} of the tuner's, "
        f"{run.remaining()} of {run.experiments} experiments were left",
    )


def round_share(run: Run) -> int:
    """How many trials one round may take: a few rounds, so that later ones build on earlier."""
    if run.suite is not None:
        return round_size(run)
    planned = math.ceil(run.experiments / ROUNDS_PLANNED)
    planned = min(max(SMALLEST_ROUND, planned), LARGEST_ROUND)
    return max(0, min(planned, run.remaining()))


def _spare(run: Run, share: int) -> int:
    """How many more than the share are smoke-tested: idle ones drop out there, without a trial."""
    return share // 2 if run.target.metric.kind == "predictions" else 0


def _numbers(run: Run, share: int) -> int:
    return 0 if share < SMALLEST_ROUND else tuner_trials(run, share)


def _spread(proposals: Sequence[Proposal], count: int) -> list[Proposal]:
    """The first `count` in order, but at most half of them from one source.

    A source whose idea is sound somewhere else in the code is not shut out, only made to wait.
    """
    cap = max(2, count // 2)
    used: dict[str, int] = {}
    chosen: list[Proposal] = []
    waiting: list[Proposal] = []
    for proposal in proposals:
        used[proposal.source] = used.get(proposal.source, 0) + 1
        (chosen if used[proposal.source] <= cap else waiting).append(proposal)
    return (chosen + waiting)[: max(0, count)]
