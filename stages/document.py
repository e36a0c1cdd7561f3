"""The run document, built from the ledger alone: everything a run knows, for machines."""

from __future__ import annotations

import math
import platform
import shlex
from collections import Counter
from pathlib import Path

from stages.changes import change_entries
from stages.integrity import integrity_of
from stages.kept_arms import FIRST_ARM, arm_records
from stages.order import ORDER
from stages.run import Run
from stages.spent import search_cost
from stages.standings import (
    arm_entry,
    base_standing,
    champion_of_run,
    champion_standing,
    curve_of,
    gain,
    sealed_gain,
)
from stages.status import status_now
from stages.usage import model_entry
from tasks.ledger import Degradation, Spending
from tasks.records.attribution import Attribution
from tasks.records.document import MetricEntry, RunDocument, RunState, StageEntry
from tasks.records.outputs import Baseline, Decision, Pin
from tasks.records.publication import Publication
from tasks.records.score import Evaluation


def build_document(run: Run) -> RunDocument:
    """What is known now; of an unfinished run, what it has so far."""
    status = status_now(run.home, run.id)
    pin = run.stored(3, 0, Pin)
    baseline = run.stored(4, 0, Baseline)
    attribution = run.stored(22, 0, Attribution)
    publication = run.stored(23, 0, Publication)
    sealed = {e.tree: e for e in run.ledger.read("sealed", Evaluation)}
    champion = champion_of_run(run, baseline)
    best = champion[1] if champion else None
    arms = tuple(arm_entry(run, arm, baseline, sealed, best) for arm in arm_records(run))
    spending = run.spending()
    accepted, rejected = change_entries(run, attribution)
    return RunDocument(
        run=run.id,
        status=status.state,
        error=status.error,
        target=run.target.name,
        description=run.target.description,
        metric=_metric(run),
        seed=run.seed,
        researcher=run.settings.researcher,
        model=model_entry(run),
        started=status.started,
        stages=_stages(run, status.stage, status.state),
        noise_floor=baseline.noise if baseline else None,
        baseline=base_standing(run, pin.base if pin else "", baseline, sealed),
        champion=champion_standing(run, champion, sealed),
        gain=gain(run, champion[1], baseline.evaluation) if champion and baseline else None,
        sealed_gain=sealed_gain(run, champion, baseline, sealed),
        accepted=accepted,
        rejected=rejected,
        by_type=attribution.by_type if attribution else (),
        credit=attribution.report if attribution else None,
        automl=arms[0] if arms else None,
        arms=arms,
        cost=search_cost(run),
        curve=curve_of(run, baseline),
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
        integrity=integrity_of(run, pin),
        commands=_commands(run, status.state, publication),
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


def _stages(run: Run, in_flight: int, state: RunState) -> tuple[StageEntry, ...]:
    marks = tuple(run.marks())
    entries = []
    for stage in ORDER:
        own = [mark for mark in marks if mark.number == stage.number]
        status = "completed" if own else "pending"
        if stage.number == in_flight and state != "completed":
            status = "interrupted" if state == "stopped" else state
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


def _by_purpose(spending: tuple[Spending, ...]) -> dict[str, int]:
    """Distinct evaluations; a merge of one change is the tree of its trial, and counted there."""
    tried = {s.tree for s in spending if s.purpose == "trial"}
    distinct = {
        (s.purpose, s.tree, s.seed) for s in spending if s.purpose != "merge" or s.tree not in tried
    }
    return dict(sorted(Counter(purpose for purpose, _, _ in distinct).items()))


def _environment(pin: Pin | None) -> dict[str, str]:
    """What the target ran on; every package version is in the record of stage 3."""
    if pin is None:
        return {}
    shown = ("prefect", "torch", "lancedb", "mlflow", "optuna", "libcst")
    versions = {name: pin.packages[name] for name in shown if name in pin.packages}
    lock = {"target's interpreter": pin.python, "digest of all packages": pin.environment}
    return {"Whetstone's Python": platform.python_version(), **lock, **versions}


def _commands(run: Run, state: RunState, publication: Publication | None) -> dict[str, str]:
    """What to type next. A contract that is a file names its home: the user may be elsewhere."""
    contract, _, data = run.settings.contract.partition("#data=")
    target = shlex.quote(contract)
    home = f" --target {target}" if Path(contract).is_file() else ""
    again = f"{target} --data {shlex.quote(data)}" if data else target
    own = _options(run)
    unsandboxed = " --allow-unsandboxed" if run.sandbox.name == "unsandboxed" else ""
    ended_early = state not in {"running", "completed"}
    kind = run.settings.kind
    resume = f"whetstone {kind} {target} --resume {run.id}{unsandboxed}"
    on = {"go on": resume} if ended_early else {}
    fetch = (
        {"fetch the champion": f"git fetch {publication.repository} {publication.branch}"}
        if publication is not None
        else {}
    )
    return {
        **on,
        **fetch,
        "this document": f"whetstone show {run.id} --json{home}",
        "measure its champion again": f"whetstone replay {run.id}{home}",
        "build the report again": f"whetstone report {run.id}{home}",
        "open both UIs": f"whetstone ui{home}",
        **_studies(run),
        "run again": f"whetstone {kind} {again} --seed {run.seed} {_budget(run)}{own}{unsandboxed}",
    }


def _options(run: Run) -> str:
    """The options that make another run think and report as this one does."""
    settings = run.settings
    if settings.kind == "automl":
        return ""
    options = [
        (settings.researcher != "program_analysis", f"--researcher {settings.researcher}"),
        (bool(settings.model), f"--model {shlex.quote(settings.model)}"),
        (not settings.automl, "--no-automl"),
        (settings.arms != FIRST_ARM, f"--automl-arms {settings.arms}"),
        (not settings.tracking, "--no-tracking"),
        (not settings.memory, "--no-memory"),
    ]
    return "".join(f" {option}" for wanted, option in options if wanted)


def _budget(run: Run) -> str:
    if run.settings.kind == "improve":
        return f"--experiments {run.experiments} --minutes {run.minutes:g}"
    settings = run.settings
    seconds = f" --seconds {settings.seconds:g}" if settings.seconds is not None else ""
    passes = math.ceil(settings.passes or run.experiments)
    return f"--arm {settings.arms} --sampler {settings.sampler} --evaluations {passes}{seconds}"


def _studies(run: Run) -> dict[str, str]:
    """How to look into the Optuna studies of the run's arms."""
    if not any(arm.study for arm in arm_records(run)):
        return {}
    storage = f"sqlite:///{run.home.root / 'optuna.db'}"
    return {"look into the studies": f"optuna-dashboard {shlex.quote(storage)}"}
