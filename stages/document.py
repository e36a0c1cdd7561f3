"""The run document, built from the ledger alone: everything a run knows, for machines."""

from __future__ import annotations

import platform
from collections import Counter

from stages.changes import change_entries
from stages.run import Run
from stages.status import read_status
from tasks.ledger import Degradation, Spending
from tasks.records.attribution import Attribution, AutomlArm
from tasks.records.document import (
    AutomlEntry,
    CurvePoint,
    Integrity,
    MetricEntry,
    RunDocument,
    StageEntry,
    Standing,
)
from tasks.records.outputs import Audit, Baseline, Decision, Pin, Trials, Validation
from tasks.records.publication import Publication
from tasks.records.score import Difference, Evaluation, Summary
from tasks.records.trial import AuditNote

AUTOML = 0
"""The AutoML arm is no stage of the graph; the ledger keeps it under this number."""


def build_document(run: Run) -> RunDocument:
    """What is known now; of an unfinished run, what it has so far."""
    status = read_status(run.folder)
    pin = run.stored(3, 0, Pin)
    baseline = run.stored(4, 0, Baseline)
    attribution = run.stored(22, 0, Attribution)
    publication = run.stored(23, 0, Publication)
    arm = run.stored(AUTOML, 0, AutomlArm)
    sealed = {e.tree: e for e in run.ledger.read("sealed", Evaluation)}
    champion = champion_of_run(run, baseline)
    spending = run.spending()
    accepted, rejected = change_entries(run, attribution)
    base_standing = _standing(run, pin.base if pin else "", baseline, sealed)
    return RunDocument(
        run=run.id,
        status=status.state,
        error=status.error,
        target=run.target.name,
        description=run.target.description,
        metric=_metric(run),
        seed=run.seed,
        researcher=run.settings.researcher,
        started=status.started,
        stages=_stages(run, status.stage, status.state),
        noise_floor=baseline.noise if baseline else None,
        baseline=base_standing,
        champion=_champion_standing(run, champion, sealed),
        gain=_gain(run, champion[1], baseline.evaluation) if champion and baseline else None,
        sealed_gain=_sealed_gain(run, champion, baseline, sealed),
        accepted=accepted,
        rejected=rejected,
        by_type=attribution.by_type if attribution else (),
        automl=_automl(run, arm, baseline, sealed),
        curve=_curve(run, baseline),
        evaluations=sum(n for purpose, n in _by_purpose(spending).items() if purpose != "probe"),
        evaluations_by_purpose=_by_purpose(spending),
        full_equivalents=round(sum(s.share for s in spending), 2),
        cache_hits=sum(s.cached for s in spending),
        seconds=round(run.elapsed(), 1),
        sandbox=run.sandbox.name,
        sealed_openings=run.seal.openings,
        branch=publication.branch if publication else "",
        base_commit=pin.base if pin else "",
        repository=str(run.workspace.folder / "repository"),
        report=str(run.folder / "report.html"),
        mlflow=f"sqlite:///{run.home.root / 'mlflow.db'}",
        degradations=tuple(
            dict.fromkeys(
                f"{d.what}: {d.effect}" for d in run.ledger.read("degradations", Degradation)
            )
        ),
        integrity=_integrity(run, pin),
        commands=_commands(run),
        environment=_environment(pin),
        ending=_ending(run),
    )


def _ending(run: Run) -> str:
    rounds = run.ledger.rounds(21)
    last = run.stored(21, rounds[-1], Decision) if rounds else None
    return last.reason if last is not None and last.action == "stop" else ""


def _metric(run: Run) -> MetricEntry:
    metric = run.target.metric
    return MetricEntry(
        name=metric.name,
        kind=metric.kind,
        direction=metric.direction,
        unit=metric.unit,
        guarded=run.target.guarded,
    )


def _stages(run: Run, in_flight: int, state: str) -> tuple[StageEntry, ...]:
    from stages.graph import GRAPH

    marks = tuple(run.marks())
    entries = []
    for stage in GRAPH:
        own = [mark for mark in marks if mark.number == stage.number]
        status = "completed" if own else "pending"
        if stage.number == in_flight and state != "completed":
            status = "failed" if state == "failed" else "running"
        entries.append(
            StageEntry.model_validate(
                {
                    "number": stage.number,
                    "name": stage.name,
                    "phase": stage.phase,
                    "status": status,
                    "seconds": round(sum(mark.seconds for mark in own), 3),
                    "runs": len(own),
                }
            )
        )
    return tuple(entries)


def _standing(
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


def _champion_standing(
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


def _gain(run: Run, new: Evaluation | None, old: Evaluation | None) -> Difference | None:
    if new is None or old is None:
        return None
    return run.difference(new, old)


def _sealed_gain(
    run: Run,
    champion: tuple[str, Evaluation] | None,
    baseline: Baseline | None,
    sealed: dict[str, Evaluation],
) -> Difference | None:
    if champion is None or baseline is None:
        return None
    return _gain(run, sealed.get(champion[1].tree), sealed.get(baseline.evaluation.tree))


def _automl(
    run: Run, arm: AutomlArm | None, baseline: Baseline | None, sealed: dict[str, Evaluation]
) -> AutomlEntry | None:
    if arm is None or baseline is None:
        return None
    return AutomlEntry(
        sampler=arm.sampler,
        evaluations=arm.evaluations,
        parameters=arm.parameters,
        dev=_summary(run, arm.dev),
        sealed=_summary(run, arm.sealed),
        gain=_gain(run, arm.dev, baseline.evaluation),
        sealed_gain=_gain(run, arm.sealed, sealed.get(baseline.evaluation.tree)),
        curve=arm.curve,
        note=arm.note,
    )


def _curve(run: Run, baseline: Baseline | None) -> tuple[CurvePoint, ...]:
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
        seconds = sum(m.seconds for m in marks if m.round <= round_)
        points.append(CurvePoint(evaluations=tried, seconds=seconds, best=best))
        if validation.merged_evaluation is not None and not validation.contradicted:
            best = validation.merged_evaluation.mean
            points.append(CurvePoint(evaluations=tried, seconds=seconds, best=best))
    return tuple(points)


def _by_purpose(spending: tuple[Spending, ...]) -> dict[str, int]:
    """Distinct evaluations; a merge of one change is the tree of its trial, and counted there."""
    tried = {s.tree for s in spending if s.purpose == "trial"}
    distinct = {
        (s.purpose, s.tree, s.seed) for s in spending if s.purpose != "merge" or s.tree not in tried
    }
    return dict(sorted(Counter(purpose for purpose, _, _ in distinct).items()))


def _integrity(run: Run, pin: Pin | None) -> tuple[Integrity, ...]:
    checks = []
    if pin is not None:
        now = run.workspace.digests(pin.base, run.target.protected)
        checks.append(
            Integrity(
                check="protected files of the pinned base",
                passed=now == dict(pin.protected),
                detail=f"{len(now)} files digested before and after",
            )
        )
    notes = [n for r in run.ledger.rounds(19) for n in _audit(run, r)]
    failed = [n for n in notes if not n.passed]
    checks.append(
        Integrity(
            check="nothing accepted failed an audit",
            passed=not ({n.candidate for n in failed} & _accepted(run)),
            detail=f"{len(notes)} checks of trials, {len(failed)} failed",
        )
    )
    checks.append(
        Integrity(
            check="sandbox",
            passed=run.sandbox.name != "unsandboxed",
            detail=f"candidates ran under {run.sandbox.name}",
        )
    )
    return tuple(checks)


def _accepted(run: Run) -> set[str]:
    """The candidates that any decision accepted."""
    decisions = [run.stored(21, round_, Decision) for round_ in run.ledger.rounds(21)]
    return {
        verdict.candidate
        for decision in decisions
        if decision is not None
        for verdict in decision.verdicts
        if verdict.verdict == "accepted"
    }


def _environment(pin: Pin | None) -> dict[str, str]:
    """What the target ran on; every package version is in the record of stage 3."""
    if pin is None:
        return {}
    shown = ("prefect", "torch", "lancedb", "mlflow", "optuna", "libcst")
    versions = {name: pin.packages[name] for name in shown if name in pin.packages}
    lock = {"target's interpreter": pin.python, "digest of all packages": pin.environment}
    return {"Whetstone's Python": platform.python_version(), **lock, **versions}


def _audit(run: Run, round_: int) -> tuple[AuditNote, ...]:
    audit = run.stored(19, round_, Audit)
    return audit.notes if audit is not None else ()


def _commands(run: Run) -> dict[str, str]:
    repository = run.workspace.folder / "repository"
    contract, _, data = run.settings.contract.partition("#data=")
    again = f"{contract} --data {data}" if data else contract
    return {
        "fetch the champion": f"git fetch {repository} whetstone/{run.id}",
        "this document": f"whetstone show {run.id} --json",
        "build the report again": f"whetstone report {run.id}",
        "UIs": "whetstone ui",
        "run again": f"whetstone improve {again} --seed {run.seed} "
        f"--experiments {run.experiments} --minutes {run.minutes:g}",
    }
