"""Phase observe, stages 4-7: how the base does, what it is made of, and where it loses score."""

from __future__ import annotations

import statistics

from stages.evidence import failures_of, trace_of
from stages.probing import probes_of
from stages.run import Run
from tasks.diagnose import map_code
from tasks.records.evidence import CodeMap, FlowTrace
from tasks.records.outputs import Baseline, Failures, Goal, Pin
from tasks.records.score import Evaluation, NoiseFloor
from tasks.test import run_own_tests


def measure_baseline(run: Run, goal: Goal, pin: Pin) -> Baseline:
    """4: the base on dev, repeated under different seeds: the score and its noise floor."""
    del goal
    seeds = [run.seed + repeat for repeat in range(run.target.budget.repeats)]

    def measure(seed: int) -> Evaluation:
        return run.evaluator.evaluate(pin.base, purpose="baseline", seed=seed)

    # The first repeat fills the target's own cache; the others then find it warm.
    first = measure(seeds[0])
    repeats = [first, *run.mapper("repeat of the base", measure, seeds[1:])]
    noise = _noise(repeats)
    run.progress.standing(first.mean, 0, run.experiments)
    return Baseline(evaluation=first, summary=run.summary(first), noise=noise)


def map_target(run: Run, pin: Pin) -> CodeMap:
    """5: modules, call graph, configuration keys and who reads them, prompts."""
    tree = run.workspace.checkout(pin.base)
    return map_code(tree, run.target.editable, run.target.protected)


def trace_dataflow(run: Run, pin: Pin, baseline: Baseline) -> FlowTrace:
    """6: one traced run: records in and out of every function, swallowed exceptions, coverage."""
    del baseline
    return trace_of(run, pin.base)


def slice_failures(run: Run, baseline: Baseline) -> Failures:
    """7: where the score is lost, and which changes of the input should not matter and do."""
    failures = failures_of(run, baseline.evaluation)
    return failures.model_copy(update={"probes": probes_of(run, run.workspace.base)})


def base_passes_own_tests(run: Run) -> bool:
    """Whether the target's own tests can guard candidates; a reason is stated where they cannot."""
    if run.target.tests is None and run.suite is not None:
        return False  # they are the metric
    if run.target.tests is None:
        run.degrade(
            "the target declares no tests of its own",
            "candidates are guarded by the metric alone; declare `tests.command` if there are any",
        )
        return False
    tree = run.workspace.checkout(run.workspace.base)
    problem = run_own_tests(run.target, run.sandbox, tree, run.seed)
    if problem:
        run.degrade(
            "the target's own tests fail on the untouched base",
            f"they cannot guard candidates: {problem.splitlines()[-1][:200]}",
        )
    return not problem


def _noise(repeats: list[Evaluation]) -> NoiseFloor:
    means = tuple(evaluation.mean for evaluation in repeats)
    scores = [evaluation.by_item for evaluation in repeats]
    moved = sum(len({score[item] for score in scores}) > 1 for item in scores[0])
    return NoiseFloor(
        means=means,
        standard_deviation=statistics.stdev(means),
        items_that_moved=moved,
        repeats=len(means),
    )
