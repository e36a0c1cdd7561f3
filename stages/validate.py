"""Phase validate, stages 20-21: dev tests after correction, the merge, the seal, the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from stages.briefing import Briefing
from stages.compose import compose, not_added
from stages.confirming import UNHEARD, confirmed_first
from stages.experience import remember
from stages.opening import open_sealed
from stages.ordering import in_order
from stages.partial import held_back, may_wait, partial_mends
from stages.recall import champion_of
from stages.refine import refinements_of
from stages.reflecting import reflected
from stages.run import Run
from stages.suites import concluded, still_failing
from stages.tracking import log_round
from stages.unseen import Heard, hear
from stages.verdicts import dev_verdicts
from tasks.records.candidate import Candidate
from tasks.records.change import Proposal
from tasks.records.outputs import (
    Audit,
    Candidates,
    Decision,
    Pin,
    Repairs,
    Screening,
    Trials,
    Validation,
)
from tasks.records.score import Difference
from tasks.records.trial import Verdict
from tasks.validate import contradicts


def validate_heldout(
    run: Run, pin: Pin, repairs: Repairs, trials: Trials, audit: Audit, decision: Decision | None
) -> Validation:
    """20: which changes hold on dev after correction, do they compose, does the seal agree."""
    champion = champion_of(pin, decision)
    candidates = {candidate.id: candidate for candidate in repairs.ready}
    verdicts = dev_verdicts(run, champion, trials.trials, audit)
    waiting = partial_mends(run, champion, verdicts, trials.trials, repairs.ready)
    verdicts = [held_back(verdict, waiting) for verdict in verdicts]
    reference = open_sealed(run, pin.base, "baseline")
    passed = [candidates[v.candidate] for v in verdicts if v.verdict == "accepted"]
    if not passed:
        return Validation(
            verdicts=tuple(verdicts),
            waiting=tuple(sorted(waiting)),
            openings=run.seal.openings,
            note=f"{len(waiting)} passed on dev and wait: the sealed split was not asked"
            if waiting
            else "nothing passed on dev: the sealed split was not asked",
        )
    scored = {t.candidate: t.evaluation for t in trials.trials if t.evaluation is not None}
    passed = confirmed_first(run, pin.base, champion, in_order(run, passed, scored), scored)
    merged, held, evaluation, left = compose(run, champion, passed)
    verdicts = [not_added(v, left) for v in verdicts]
    if run.workspace.tree_of(champion) != run.workspace.tree_of(pin.base):
        reference = open_sealed(run, champion, "champion")
    looked = open_sealed(run, merged.commit, "merge")
    sealed = run.difference(looked, reference)
    heard = hear(run, champion, merged.commit, evaluation, looked, reference)
    if heard.waits and may_wait(run):
        return _waiting(run, verdicts, passed)
    contradicted = bool(heard.against) or contradicts(sealed)
    return Validation(
        verdicts=tuple(_with_sealed(v, held, sealed, contradicted, heard) for v in verdicts),
        merged=merged,
        merged_changes=tuple(candidate.id for candidate in held),
        merged_evaluation=evaluation,
        sealed=sealed,
        contradicted=contradicted,
        openings=run.seal.openings,
        note=f"the sealed split {'contradicts' if contradicted else 'does not contradict'}: "
        f"{sealed.figures}" + (f", {still_failing(looked)}" if run.suite is not None else ""),
    )


def _waiting(run: Run, verdicts: Sequence[Verdict], passed: Sequence[Candidate]) -> Validation:
    """Changes that pass every visible test, and no held-out one confirms: another may.

    The first of them comes again, so that it is not lost; the others would crowd out new ones.
    """
    held = [candidate.id for candidate in passed]
    return Validation(
        verdicts=tuple(held_back(v, held, UNHEARD) for v in verdicts),
        waiting=tuple(held[:1]),
        openings=run.seal.openings,
        note="no held-out test that failed is mended, so that what passed waits for another mend",
    )


def decide(
    run: Run,
    screening: Screening,
    candidates: Candidates,
    repairs: Repairs,
    trials: Trials,
    validation: Validation,
    **briefing: Unpack[Briefing],
) -> Decision:
    """21 (gate): merges what was accepted, and says where the run goes on."""
    baseline = briefing["baseline"]
    champion = champion_of(briefing["pin"], briefing["decision"])
    verdicts = (*validation.verdicts, *_never_tried(candidates, repairs))
    accepted = validation.merged is not None and not validation.contradicted
    if accepted:
        assert validation.merged is not None
        champion = validation.merged.commit
        best = validation.merged_evaluation
        if best is not None:
            run.progress.standing(best.mean, run.used(), run.experiments)
    reflection = reflected(run, briefing, verdicts, not accepted and not validation.contradicted)
    remember(run, (*repairs.ready, *candidates.candidates), verdicts, reflection.lessons)
    log_round(run, baseline, trials, verdicts)
    for candidate in repairs.ready:
        if candidate.id not in validation.merged_changes:
            run.evaluator.lineage.forget(candidate.tree)
            run.workspace.forget(candidate.commit)
    bundles = () if accepted else refinements_of(run, champion, repairs.ready, verdicts)
    refinements = (*bundles, *reflection.refinements)[: run.remaining()]
    kept = sum(d.kept for d in screening.decisions)
    made = _transition(run, champion, verdicts, validation, refinements, kept)
    learned = {"lessons": reflection.lessons, "direction": reflection.direction}
    made = made.model_copy(update=learned)
    return concluded(run, made, run.evaluator.evaluate(champion, purpose="merge", seed=run.seed))


def _with_sealed(
    verdict: Verdict,
    held: Sequence[Candidate],
    sealed: Difference,
    contradicted: bool,
    heard: Heard,
) -> Verdict:
    if verdict.candidate not in {candidate.id for candidate in held}:
        return verdict
    if not contradicted:
        reason = "; ".join(filter(None, [verdict.reason, heard.note]))
        return verdict.model_copy(update={"sealed": sealed, "reason": reason})
    return verdict.model_copy(
        update={
            "sealed": sealed,
            "verdict": "contradicted",
            "reason": heard.against
            or f"passed on dev, but the sealed split says {sealed.delta:+.4f} for the "
            f"merge of this round ({len(held)} change(s))",
        }
    )


def _barren(run: Run) -> bool:
    """Whether neither this round nor the one before it ran a trial."""
    latest = [run.stored(18, round_, Trials) for round_ in (run.round, run.round - 1)]
    return all(trials is not None and not trials.trials for trials in latest)


def _never_tried(candidates: Candidates, repairs: Repairs) -> tuple[Verdict, ...]:
    failed = tuple(
        Verdict(
            candidate=result.candidate,
            verdict="failed",
            reason=f"{result.step}: {_last_line(result.output)}",
        )
        for result in (*candidates.refused, *repairs.given_up)
    )
    idle = (
        Verdict(candidate=result.candidate, verdict="idle", reason=result.output)
        for result in repairs.idle
    )
    return (*failed, *idle)


def _last_line(output: str) -> str:
    lines = [line for line in output.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "no output"


def _transition(
    run: Run,
    champion: str,
    verdicts: Sequence[Verdict],
    validation: Validation,
    refinements: tuple[Proposal, ...],
    kept: int,
) -> Decision:
    accepted = [v for v in verdicts if v.verdict == "accepted"]

    def go(action: str, next_stage: str, reason: str) -> Decision:
        return Decision.model_validate(
            {
                "champion": champion,
                "action": action,
                "next_stage": next_stage,
                "reason": reason,
                "verdicts": tuple(verdicts),
                "refinements": refinements if action == "refine" else (),
            }
        )

    if run.desk is not None and (limit := run.desk.stopped()):
        return go("stop", "attribute_gains", limit)
    if run.cancelled or run.out_of_time():
        return go("stop", "attribute_gains", "the time budget is used up")
    if run.remaining() <= 0:
        return go("stop", "attribute_gains", f"all {run.experiments} experiments are used")
    if not run.seal.left():
        return go("stop", "attribute_gains", "no opening of the sealed split is left")
    if validation.contradicted:
        return go("revert", "next_round", f"the round's merge is withdrawn: {validation.note}")
    if accepted:
        return go("accept", "next_round", f"{len(accepted)} change(s) accepted and merged")
    if kept == 0:
        return go("stop", "attribute_gains", "the researcher has nothing new to propose")
    if _barren(run):
        return go("stop", "attribute_gains", "two rounds in a row had nothing fit for a trial")
    if refinements:
        return go(
            "refine", "apply_patch", "nothing passed alone; promising changes are tried together"
        )
    return go("pivot", "form_hypotheses", "nothing passed: on to other causes")
