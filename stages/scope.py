"""Phase scope, stages 1-3: what is to be improved, is it ripe for it, and the pinned start."""

from __future__ import annotations

import math

from stages.environment import installed_packages
from stages.parts import tell_undivided
from stages.run import Run
from tasks.diagnose import map_code
from tasks.errors import ContractError, PredictError, StageError
from tasks.patch import uncommitted
from tasks.records.base import digest_of
from tasks.records.outputs import Goal, Pin, Property, Readiness

FEWEST_FUNCTIONS = 2
FEWEST_EVALUATIONS = 5


def frame_goal(run: Run) -> Goal:
    """1: reads the contract against the data: metric, splits and budget of this run."""
    target, workload = run.target, run.workload
    benchmark = run.benchmark
    _check_slices(run)
    tell_undivided(run)
    if not target.guarded:
        run.degrade(
            "the metric is of kind 'command': the target scores itself",
            "its figures are unguarded: a candidate can raise them without being better",
        )
    return Goal(
        target=target.name,
        contract=run.settings.contract,
        metric=target.metric.name,
        kind=target.metric.kind,
        direction=target.metric.direction,
        unit=target.metric.unit,
        guarded=target.guarded,
        researcher=run.researcher.name,
        seed=run.seed,
        experiments=run.experiments,
        minutes=run.minutes,
        sealed_openings=target.budget.sealed_openings,
        data=workload.digest,
        dev_items=workload.size("dev"),
        select_items=len(workload.select),
        sealed_items=workload.size("sealed"),
        dev_groups=workload.dev,
        sealed_groups=workload.sealed,
        repairs=dict(benchmark.repairs) if benchmark is not None else {},
    )


def _check_slices(run: Run) -> None:
    """A declared slice that no item has would be neither shown nor guarded."""
    known = sorted({dimension for of in run.slices.values() for dimension in of})
    unknown = sorted(set(run.target.slices) - set(known))
    if unknown:
        raise ContractError(
            f"slices: no item has {', '.join(unknown)}; items have {', '.join(known) or 'none'}",
            "name slices that the items have, or leave the key out",
        )


def check_readiness(run: Run, goal: Goal) -> Readiness:
    """2 (gate): measures the four properties; a target that lacks one stops the run."""
    readiness = measure_readiness(run, goal)
    lacking = [p for p in readiness.properties if not p.passed]
    if lacking:
        raise StageError(
            "the target is not ripe for research: "
            + "; ".join(f"{p.name}: {p.measured} (required: {p.required})" for p in lacking),
            "docs/targets.md says how to give a target each of the four properties",
        )
    return readiness


def measure_readiness(run: Run, goal: Goal) -> Readiness:
    """The four properties, without judging them."""
    scalar, fast = _scalar_metric_and_speed(run, goal)
    return Readiness(properties=(scalar, _modular(run), fast, _version_control(run)))


def pin_target(run: Run, readiness: Readiness) -> Pin:
    """3: the base commit, digests of all protected files, and the environment it runs in."""
    del readiness
    workspace, target = run.workspace, run.target
    packages = installed_packages(target.environment.python)
    dirty = _dirty(run)
    if dirty:
        run.degrade(
            f"the repository has {dirty} uncommitted file(s)",
            "they are not part of the base: commit them to have them improved",
        )
    return Pin(
        source=str(target.repository.url or target.folder / str(target.repository.path)),
        base=workspace.base,
        tree=workspace.tree_of(workspace.base),
        protected=workspace.digests(workspace.base, target.protected),
        packages=packages,
        environment=digest_of(packages),
        python=target.environment.python or "the interpreter of Whetstone",
        sandbox=run.sandbox.name,
        dirty=dirty,
    )


def _scalar_metric_and_speed(run: Run, goal: Goal) -> tuple[Property, Property]:
    """One real evaluation of the smallest group, or of a whole suite, answers both questions."""
    workload = run.workload
    smallest = min(workload.dev, key=lambda name: (len(workload.of_groups([name])), name))
    groups = workload.dev if run.suite is not None else (smallest,)
    items = workload.of_groups(groups)
    base = run.workspace.base
    try:
        evaluation = run.evaluator.evaluate(base, purpose="baseline", seed=run.seed, items=items)
        seconds = evaluation.seconds
        if run.suite is None:
            # Timed on a second call: later ones find the target's own cache warm too.
            again = run.evaluator.probe(base, items, run.seed, [])
            seconds = again.seconds * goal.dev_items / max(len(evaluation.items), 1)
    except PredictError as error:
        raise StageError(
            f"the untouched target cannot be measured: {error.cause}", error.cure
        ) from error
    affordable = run.minutes * 60 / max(seconds, 1e-3)
    finite = bool(evaluation.items) and all(math.isfinite(i.score) for i in evaluation.items)
    return (
        Property(
            name="scalar_metric",
            required="a finite number for every item",
            measured=f"{evaluation.mean:.3f} {run.target.metric.name} over "
            f"{len(evaluation.items)} items of {groups[0] if len(groups) == 1 else 'all groups'}",
            passed=finite,
        ),
        Property(
            name="fast_iteration",
            required=f"at least {FEWEST_EVALUATIONS} full passes within {run.minutes:g} minutes",
            measured=f"about {seconds:.1f} s a full pass: {math.floor(affordable)} passes",
            passed=affordable >= FEWEST_EVALUATIONS,
        ),
    )


def _modular(run: Run) -> Property:
    tree = run.workspace.checkout(run.workspace.base)
    code = map_code(tree, run.target.editable, run.target.protected)
    editable = [f for f in code.functions if run.target.may_edit(f.path)]
    modules = {f.path for f in editable}
    return Property(
        name="modular",
        required=f"at least {FEWEST_FUNCTIONS} editable functions, so that an edit has a place",
        measured=f"{len(editable)} editable functions in {len(modules)} modules",
        passed=len(editable) >= FEWEST_FUNCTIONS,
    )


def _version_control(run: Run) -> Property:
    files = len(run.workspace.files(run.workspace.base))
    origin = "a snapshot" if run.target.repository.snapshot else "a clone"
    return Property(
        name="version_control",
        required="a git commit to start from",
        measured=f"{origin} at {run.workspace.base[:12]} with {files} tracked files",
        passed=files > 0,
    )


def _dirty(run: Run) -> int:
    repository = run.target.repository
    if repository.path is None or repository.snapshot:
        return 0
    path = run.target.folder / repository.path
    if not path.is_dir():
        raise ContractError(f"repository.path: there is no folder {path}", "mend the path")
    return uncommitted(path)
