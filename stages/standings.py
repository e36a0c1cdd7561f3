"""Standings of the run document: baseline, champion, AutoML arm on both splits, and the gains."""

from __future__ import annotations

from stages.run import Run
from stages.spent import search_cost
from tasks.records.attribution import AutomlArm
from tasks.records.document import AutomlEntry, CurvePoint, Standing
from tasks.records.outputs import Baseline, Decision, Trials, Validation
from tasks.records.score import Difference, Evaluation, Summary


def base_standing(
    run: Run, commit: str, baseline: Baseline | None, sealed: dict[str, Evaluation]
) -> Standing | None:
    if baseline is None:
        return None
    return Standing(
        commit=commit,
        dev=baseline.summary,
        sealed=_summary(run, sealed.get(baseline.evaluation.tree)),
    )


def champion_of_run(run: Run, baseline: Baseline | None) -> tuple[str, Evaluation] | None:
    """The champion's commit and its dev evaluation, as of the last decision."""
    rounds = run.ledger.rounds(21)
    if not rounds or baseline is None:
        return None
    decision = run.stored(21, rounds[-1], Decision)
    assert decision is not None
    evaluation = baseline.evaluation
    for round_ in rounds:
        validation = run.stored(20, round_, Validation)
        if validation and validation.merged_evaluation and not validation.contradicted:
            evaluation = validation.merged_evaluation
    return decision.champion, evaluation


def champion_standing(
    run: Run, champion: tuple[str, Evaluation] | None, sealed: dict[str, Evaluation]
) -> Standing | None:
    if champion is None:
        return None
    commit, evaluation = champion
    return Standing(
        commit=commit,
        dev=run.summary(evaluation),
        sealed=_summary(run, sealed.get(evaluation.tree)),
    )


def _summary(run: Run, evaluation: Evaluation | None) -> Summary | None:
    return run.summary(evaluation) if evaluation is not None else None


def gain(run: Run, new: Evaluation | None, old: Evaluation | None) -> Difference | None:
    if new is None or old is None:
        return None
    return run.difference(new, old)


def sealed_gain(
    run: Run,
    champion: tuple[str, Evaluation] | None,
    baseline: Baseline | None,
    sealed: dict[str, Evaluation],
) -> Difference | None:
    if champion is None or baseline is None:
        return None
    return gain(run, sealed.get(champion[1].tree), sealed.get(baseline.evaluation.tree))


def arm_entry(
    run: Run,
    arm: AutomlArm,
    baseline: Baseline | None,
    sealed: dict[str, Evaluation],
    champion: Evaluation | None = None,
) -> AutomlEntry:
    """`champion` is what the search reached, None for an arm without one beside it."""
    base = sealed.get(baseline.evaluation.tree) if baseline is not None else None
    later = arm.at_compute
    return AutomlEntry(
        arm=arm.arm,
        sampler=arm.sampler,
        evaluations=arm.evaluations,
        parameters=arm.parameters,
        dev=_summary(run, arm.dev),
        sealed=_summary(run, arm.sealed),
        gain=gain(run, arm.dev, baseline.evaluation) if baseline is not None else None,
        sealed_gain=gain(run, arm.sealed, base),
        curve=arm.curve,
        note=arm.note,
        compute_gain=gain(run, later.sealed, base) if later is not None else None,
        compute_share=later.cost.seconds / arm.budget_seconds
        if later is not None and arm.budget_seconds
        else None,
        lead=gain(run, champion, arm.dev),
        sealed_lead=gain(run, sealed.get(champion.tree), arm.sealed) if champion else None,
        cost=arm.cost,
    )


def curve_of(run: Run, baseline: Baseline | None) -> tuple[CurvePoint, ...]:
    """Champion's dev score against trials: it moves when a round accepts, not before."""
    if baseline is None:
        return ()
    best, tried, seconds = baseline.evaluation.mean, 0, 0.0
    points = [CurvePoint(evaluations=0, seconds=0.0, best=best)]
    marks = tuple(run.marks())
    for round_ in run.ledger.rounds(20):
        trials = run.stored(18, round_, Trials)
        validation = run.stored(20, round_, Validation)
        if trials is None or validation is None:
            continue
        tried += sum(trial.state != "not_run" for trial in trials.trials)
        seconds = sum(m.seconds for m in marks if m.round <= round_ and m.number)
        cost = search_cost(run, round_)
        point = CurvePoint(
            evaluations=tried, seconds=seconds, best=best, passes=cost.passes, compute=cost.seconds
        )
        points.append(point)
        if validation.merged_evaluation is not None and not validation.contradicted:
            best = validation.merged_evaluation.mean
            points.append(point.model_copy(update={"best": best}))
    return tuple(points)
