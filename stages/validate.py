"""Phase validate, stages 20-21: dev tests after correction, the merge, the seal, the decision."""

from __future__ import annotations

from collections.abc import Sequence

from stages.experience import remember
from stages.recall import champion_of
from stages.refine import refinements_of
from stages.run import Run
from stages.tracking import log_round
from tasks.patch import describe, merge_all
from tasks.records.candidate import Candidate
from tasks.records.change import Proposal
from tasks.records.outputs import (
    Audit,
    Baseline,
    Candidates,
    Decision,
    Pin,
    Repairs,
    Screening,
    Trials,
    Validation,
)
from tasks.records.score import Difference, Evaluation
from tasks.records.trial import Trial, Verdict
from tasks.validate import Acceptance, contradicts


def validate_heldout(
    run: Run, pin: Pin, repairs: Repairs, trials: Trials, audit: Audit, decision: Decision | None
) -> Validation:
    """20: which changes hold on dev after correction, do they compose, does the seal agree."""
    champion = champion_of(pin, decision)
    candidates = {candidate.id: candidate for candidate in repairs.ready}
    verdicts = _dev_verdicts(run, champion, trials.trials, audit)
    reference = open_sealed(run, pin.base, "baseline")
    passed = [candidates[v.candidate] for v in verdicts if v.verdict == "accepted"]
    if not passed:
        return Validation(
            verdicts=tuple(verdicts),
            openings=run.seal.openings,
            note="nothing passed on dev: the sealed split was not asked",
        )
    effects = {v.candidate: v.dev.delta for v in verdicts if v.dev is not None}
    passed.sort(key=lambda candidate: -effects[candidate.id])
    merged, held, evaluation, left = _compose(run, champion, passed)
    verdicts = [_not_added(v, left) for v in verdicts]
    if run.workspace.tree_of(champion) != run.workspace.tree_of(pin.base):
        reference = open_sealed(run, champion, "champion")
    sealed = run.difference(open_sealed(run, merged.commit, "merge"), reference)
    contradicted = contradicts(sealed)
    return Validation(
        verdicts=tuple(_with_sealed(v, held, sealed, contradicted) for v in verdicts),
        merged=merged,
        merged_changes=tuple(candidate.id for candidate in held),
        merged_evaluation=evaluation,
        sealed=sealed,
        contradicted=contradicted,
        openings=run.seal.openings,
        note=f"the sealed split {'contradicts' if contradicted else 'does not contradict'}: "
        f"{sealed.delta:+.4f} [{sealed.interval.low:+.4f}, {sealed.interval.high:+.4f}]",
    )


def decide(
    run: Run,
    pin: Pin,
    baseline: Baseline,
    screening: Screening,
    candidates: Candidates,
    repairs: Repairs,
    trials: Trials,
    validation: Validation,
    decision: Decision | None,
) -> Decision:
    """21 (gate): merges what was accepted, and says where the run goes on."""
    champion = champion_of(pin, decision)
    verdicts = (*validation.verdicts, *_never_tried(candidates, repairs))
    accepted = validation.merged is not None and not validation.contradicted
    if accepted:
        assert validation.merged is not None
        champion = validation.merged.commit
        best = validation.merged_evaluation
        if best is not None:
            run.progress.standing(best.mean, run.used(), run.experiments)
    remember(run, (*repairs.ready, *candidates.candidates), verdicts)
    log_round(run, baseline, trials, verdicts)
    for candidate in repairs.ready:
        if candidate.id not in validation.merged_changes:
            run.evaluator.lineage.forget(candidate.tree)
    refinements = () if accepted else refinements_of(run, champion, repairs.ready, verdicts)
    kept = sum(d.kept for d in screening.decisions)
    return _transition(run, champion, verdicts, validation, refinements, kept)


def open_sealed(run: Run, commit: str, purpose: str) -> Evaluation:
    """The only way to the sealed split: counted, logged, and evaluated with a permit."""
    permit = run.seal.open(run.workspace.tree_of(commit), purpose)
    evaluation = run.evaluator.evaluate(
        commit,
        purpose="sealed",
        seed=run.seed,
        split="sealed",
        parents=[run.workspace.base],
        permit=permit,
    )
    run.ledger.append("sealed", evaluation)
    return evaluation


def _dev_verdicts(run: Run, champion: str, trials: Sequence[Trial], audit: Audit) -> list[Verdict]:
    """One verdict a trial; the correction counts every candidate that reached a full dev test."""
    acceptance = Acceptance(planned=run.experiments, outcomes=run.dev_outcomes())
    failed_checks = {n.candidate: n for n in audit.notes if not n.passed}
    verdicts = []
    for trial in trials:
        note = failed_checks.get(trial.candidate)
        if trial.state != "complete" or trial.difference is None:
            verdicts.append(_without_test(trial))
        elif note is not None:
            verdicts.append(
                Verdict(
                    candidate=trial.candidate,
                    verdict="disqualified",
                    reason=f"audit {note.check}: {note.detail}",
                    dev=trial.difference,
                )
            )
        elif _is_idle(trial):
            verdicts.append(
                Verdict(
                    candidate=trial.candidate,
                    verdict="indecisive",
                    reason="not one score changed: there is nothing to test",
                    dev=trial.difference,
                )
            )
        else:
            level = acceptance.level()
            outcome = acceptance.decide(trial.difference)
            acceptance = acceptance.after(outcome)
            paid = _paid(run, champion, trial) if outcome == "accepted" else ""
            verdicts.append(
                Verdict(
                    candidate=trial.candidate,
                    verdict="traded" if paid else outcome,
                    reason=paid or _words(trial.difference, level, outcome),
                    dev=trial.difference,
                    alpha=level,
                )
            )
    return verdicts


def _paid(run: Run, champion: str, trial: Trial) -> str:
    """The slice that pays for the gain, against the champion or against the base."""
    assert trial.evaluation is not None
    references = dict.fromkeys([champion, run.workspace.base])
    found = (
        run.trade(trial.evaluation, run.evaluator.evaluate(commit, purpose="merge", seed=run.seed))
        for commit in references
    )
    return next((words for words in found if words), "")


def _is_idle(trial: Trial) -> bool:
    """No item moved: such a candidate can never be accepted, so it takes no share of the level."""
    d = trial.difference
    return d is not None and d.delta == d.interval.low == d.interval.high == 0


def _words(difference: Difference, level: float, outcome: str) -> str:
    what = {
        "accepted": "better on dev after correction",
        "rejected": "worse on dev",
        "indecisive": "not told apart from no effect",
    }[outcome]
    return f"{what}: p = {difference.p_value:.2g} against a level of {level:.2g}"


def _without_test(trial: Trial) -> Verdict:
    kinds = {"raced_out": "raced_out", "not_run": "not_run"}
    return Verdict.model_validate(
        {
            "candidate": trial.candidate,
            "verdict": kinds.get(trial.state, "failed"),
            "reason": trial.error,
            "dev": trial.difference,
        }
    )


def _compose(
    run: Run, champion: str, passed: list[Candidate]
) -> tuple[Candidate, tuple[Candidate, ...], Evaluation, dict[str, str]]:
    """Adds changes one by one, largest effect first, keeping each that still helps.

    Verified gains do not always compose, so every addition is measured on the merge.
    """
    first = passed[0]
    head, held = first.commit, [first]
    best = run.evaluator.evaluate(
        head, purpose="merge", seed=run.seed, parents=[champion, run.workspace.base]
    )
    left: dict[str, str] = {}
    for change in passed[1:]:
        merged, added, conflicts = merge_all(head, [change], run.workspace, f"merge-{run.round}")
        if conflicts:
            left[change.id] = "it conflicts with a stronger change of this round"
            continue
        del added
        evaluation = run.evaluator.evaluate(
            merged, purpose="merge", seed=run.seed, parents=[head, champion, run.workspace.base]
        )
        gain = run.difference(evaluation, best)
        base = run.evaluator.evaluate(run.workspace.base, purpose="merge", seed=run.seed)
        paid = run.trade(evaluation, best) or run.trade(evaluation, base)
        if gain.delta > 0 and not paid:
            head, best = merged, evaluation
            held.append(change)
        else:
            composed = f"its gain does not compose: {gain.delta:+.4f} on top of the others"
            left[change.id] = paid or composed
    merged_candidate = describe(_merge_proposal(champion, held), champion, head, run.workspace)
    return merged_candidate, tuple(held), best, left


def _not_added(verdict: Verdict, left: dict[str, str]) -> Verdict:
    """The verdict of a change that passed alone but was left out of the merge, and why."""
    if verdict.candidate not in left:
        return verdict
    return verdict.model_copy(
        update={"verdict": "superseded", "reason": f"passed alone, but {left[verdict.candidate]}"}
    )


def _merge_proposal(champion: str, held: Sequence[Candidate]) -> Proposal:
    strongest = held[0].proposal
    return Proposal(
        id=f"merge-{strongest.id}",
        title="; ".join(candidate.proposal.title for candidate in held),
        rationale="The changes that were accepted in one round, together.",
        change_type=strongest.change_type,
        base=champion,
        edits=(),
        source="merge",
        researcher="whetstone",
    )


def _with_sealed(
    verdict: Verdict, held: Sequence[Candidate], sealed: Difference, contradicted: bool
) -> Verdict:
    if verdict.candidate not in {candidate.id for candidate in held}:
        return verdict
    if not contradicted:
        return verdict.model_copy(update={"sealed": sealed})
    return verdict.model_copy(
        update={
            "sealed": sealed,
            "verdict": "contradicted",
            "reason": f"passed on dev, but the sealed split says {sealed.delta:+.4f} for the "
            f"merge of this round ({len(held)} change(s))",
        }
    )


def _barren(run: Run) -> bool:
    """Whether neither this round nor the one before it ran a trial."""
    latest = [run.stored(18, round_, Trials) for round_ in (run.round, run.round - 1)]
    return all(trials is not None and not trials.trials for trials in latest)


def _never_tried(candidates: Candidates, repairs: Repairs) -> tuple[Verdict, ...]:
    results = (*candidates.refused, *repairs.given_up)
    return tuple(
        Verdict(
            candidate=result.candidate,
            verdict="failed",
            reason=f"{result.step}: {_last_line(result.output)}",
        )
        for result in results
    )


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
