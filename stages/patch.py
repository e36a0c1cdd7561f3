"""Phase patch, stages 15-17: commits in worktrees, smoke tests, and repairs."""

from __future__ import annotations

from typing import Unpack

from stages.briefing import Briefing, dossier_now
from stages.observe import base_passes_own_tests
from stages.recall import champion_of
from stages.rulings import record_rulings
from stages.run import Run
from stages.telling import telling
from tasks.patch import apply_proposal
from tasks.records.candidate import Candidate, Failure, SmokeResult
from tasks.records.change import Proposal
from tasks.records.dossier import Dossier, Drafts
from tasks.records.outputs import (
    Allocation,
    Candidates,
    Decision,
    Pin,
    Repairs,
    SmokeReport,
)
from tasks.test import Smoke

REPAIR_TRIES = 2


def apply_patch(
    run: Run, drafts: Drafts, allocation: Allocation, decision: Decision | None
) -> Candidates:
    """15: one worktree and commit a candidate; a refining round applies the refinements."""
    chosen: tuple[Proposal, ...]
    if decision is not None and decision.action == "refine":
        chosen = decision.refinements
    else:
        by_id = {proposal.id: proposal for proposal in drafts.proposals}
        chosen = tuple(by_id[identifier] for identifier in allocation.selected)
    candidates: list[Candidate] = []
    refused: list[SmokeResult] = []
    trees: set[str] = set()
    for proposal in chosen:
        applied = _applied(run, proposal)
        if isinstance(applied, Candidate) and applied.tree in trees:
            applied = SmokeResult(
                candidate=proposal.id, step="apply", output="another candidate makes the same tree"
            )
        if isinstance(applied, Candidate):
            trees.add(applied.tree)
            candidates.append(applied)
        else:
            refused.append(applied)
    return Candidates(candidates=tuple(candidates), refused=tuple(refused))


def smoke_test(
    run: Run, pin: Pin, candidates: Candidates, decision: Decision | None
) -> SmokeReport:
    """16: parse, a few items, the target's own tests."""
    smoke = _smoke(run, champion_of(pin, decision))

    def check(candidate: Candidate) -> SmokeResult:
        return smoke.check(candidate, [candidate.parent, run.workspace.base])

    return SmokeReport(results=tuple(run.mapper("smoke test", check, candidates.candidates)))


def self_repair(
    run: Run, candidates: Candidates, smoke: SmokeReport, **briefing: Unpack[Briefing]
) -> Repairs:
    """17: failing candidates go back to the researcher, a bounded number of times."""
    results = {result.candidate: result for result in smoke.results}
    ready = [c for c in candidates.candidates if results[c.id].ok]
    idle = tuple(result for result in smoke.results if result.step == "idle")
    broken = [c for c in candidates.candidates if results[c.id].broken]
    if not broken:
        return Repairs(ready=tuple(ready), idle=idle)
    repairer = _Repairer(run, dossier_now(run, briefing))
    for candidate in broken:
        repairer.mend(candidate, results[candidate.id])
    return Repairs(
        ready=(*ready, *repairer.ready),
        attempts=tuple(repairer.attempts),
        given_up=tuple(repairer.given_up),
        idle=(*idle, *repairer.idle),
    )


class _Repairer:
    """Mends one candidate after another; owns the lists of what came of it."""

    def __init__(self, run: Run, dossier: Dossier) -> None:
        self.ready: list[Candidate] = []
        self.attempts: list[Failure] = []
        self.given_up: list[SmokeResult] = []
        self.idle: list[SmokeResult] = []
        self._run, self._dossier, self._smoke = run, dossier, _smoke(run, dossier.base)

    def mend(self, candidate: Candidate, result: SmokeResult) -> None:
        proposal = candidate.proposal
        for attempt in range(1, REPAIR_TRIES + 1):
            failure = Failure(
                proposal=proposal, step=result.step, output=result.output, attempt=attempt
            )
            self.attempts.append(failure)
            mended = self._run.researcher.repair(self._dossier, failure)
            if mended is None:
                break
            proposal = mended
            applied = _applied(self._run, mended)
            if isinstance(applied, SmokeResult):
                result = applied
                continue
            result = self._smoke.check(applied, [applied.parent, self._run.workspace.base])
            if result.ok:
                self.ready.append(applied)
                return
            if not result.broken:
                self.idle.append(result.model_copy(update={"candidate": candidate.id}))
                return
        self.given_up.append(result.model_copy(update={"candidate": candidate.id}))


def _applied(run: Run, proposal: Proposal) -> Candidate | SmokeResult:
    """The proposal as a commit that names the type which credit will go to."""
    credited = record_rulings(run, [proposal])[proposal.id].credited
    return apply_proposal(proposal, run.target, run.workspace, run.id, credited)


def _smoke(run: Run, champion: str) -> Smoke:
    return Smoke(
        target=run.target,
        evaluator=run.evaluator,
        sandbox=run.sandbox,
        own_tests=run.remembered("own-tests", lambda: base_passes_own_tests(run)),
        seed=run.seed,
        parent=run.evaluator.evaluate(champion, purpose="merge", seed=run.seed),
        telling=lambda proposal: telling(run, proposal),
    )
