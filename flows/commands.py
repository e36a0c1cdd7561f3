"""What the subcommands do that run something, apart from parsing their arguments."""

from __future__ import annotations

import dataclasses
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.table import Table

from flows.ending import print_ending
from flows.session import (
    Request,
    holding,
    home_of,
    new_run,
    recorded,
    resumed_run,
    stored_run,
    with_data,
)
from researchers.language_model.models.loading import load_model
from researchers.registry import require
from stages.kept_arms import find_arm
from stages.run import Run
from tasks.errors import WhetstoneError
from tasks.target import load_target
from tasks.test.sandbox import discard

console = Console()
CRON_FIELDS = 5


def run_improve(request: Request, resume: str | None, quiet: bool) -> None:
    """`whetstone improve`: everything from the contract to the printed ending."""
    from tasks.report import Live

    with Live(quiet=quiet) as progress:
        if resume is None:
            run = new_run(request, progress)
        else:
            run = resumed_run(request, resume, progress)
        with _served(run, fresh=resume is None):
            from flows.improve import improve  # Prefect reads its settings when it is imported

            document = improve(run)
    print_ending(run, document)


def run_automl_only(request: Request, resume: str | None, like: str | None, quiet: bool) -> None:
    """`whetstone automl`: stages 1 to 4, then one arm alone."""
    from tasks.propose import find_sampler
    from tasks.report import Live

    find_arm(request.arms)
    find_sampler(request.sampler)
    with Live(quiet=quiet) as progress:
        if resume is not None:
            run = resumed_run(request, resume, progress)
        else:
            run = new_run(request if like is None else _at_budget_of(request, like), progress)
        with _served(run, fresh=resume is None) as ui:
            from flows.automl import tune  # Prefect reads its settings when it is imported

            document = tune(run)
    print_ending(run, document, ui)


def _at_budget_of(request: Request, name: str) -> Request:
    """The request with both budgets of a finished research run, and its seed and data."""
    from stages.spent import search_cost

    other = stored_run(home_of(request.target, load_target(request.target)), name)
    cost = search_cost(other)
    if not cost.passes:
        raise WhetstoneError(
            f"run {other.id} has not searched yet: there is no budget to take over",
            "name a run of `whetstone improve` that has finished a round",
        )
    return dataclasses.replace(
        request, seed=other.seed, passes=cost.passes, seconds=cost.seconds,
        data=request.data or other.settings.contract.partition("#data=")[2] or None,
    )  # fmt: skip


@contextmanager
def _served(run: Run, fresh: bool) -> Iterator[str]:
    """Holds the run and its status, with a Prefect server up, whose UI it yields."""
    from flows.server import ensure_server

    with holding(run, fresh), _interruptible(run), recorded(run):
        server = ensure_server(run.home.root)
        run.progress.note(f"run {run.id}; watch it at {server.ui}; sandbox: {run.sandbox.name}")
        yield server.ui


class _interruptible:
    """SIGTERM ends a run as Ctrl-C does: jobs are killed, finished stages stay."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGTERM, self._interrupt)

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGTERM, self._before)
        if error[0] is not None:
            self._run.cancel.set()

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self._run.cancel.set()
        raise KeyboardInterrupt


def check_target(request: Request) -> None:
    """`whetstone check`: the four properties, measured in a scratch run that is removed again."""
    from stages.engine import Engine
    from stages.graph import GRAPH
    from stages.scope import measure_readiness
    from tasks.records.outputs import Goal

    run = new_run(request)
    try:
        goal = Engine(run).execute(GRAPH[0], 0)
        assert isinstance(goal, Goal)
        readiness = measure_readiness(run, goal)
    finally:
        discard(run.folder)
    table = Table("", "property", "required", "measured", box=None, pad_edge=False)
    for p in readiness.properties:
        table.add_row("[green]ok[/]" if p.passed else "[red]no[/]", p.name, p.required, p.measured)
    console.print(table)
    splits = f"{goal.dev_items} dev items in {len(goal.dev_groups)} groups, "
    splits += f"{goal.sealed_items} sealed in {len(goal.sealed_groups)}"
    console.print(f"\n{goal.target}: {splits}; sandbox {run.sandbox.name}")
    if goal.repairs:
        mended = ", ".join(f"{count} {kind}" for kind, count in sorted(goal.repairs.items()))
        console.print(f"data mended on loading: {mended}")
    if not readiness.passed:
        raise WhetstoneError(
            "the target is not ripe for research",
            "docs/targets.md says how to give a target each of the four properties",
        )


def serve(request: Request, cron: str) -> None:
    """`whetstone serve`. Raises ResearcherError where the nightly runs would have no mind."""
    from flows.server import ensure_server

    fields = cron.split()
    if len(fields) != CRON_FIELDS:
        raise WhetstoneError(
            f"--cron: '{cron}' has {len(fields)} fields, a cron expression has {CRON_FIELDS}",
            'give minute, hour, day, month and weekday, such as "0 2 * * *"',
        )
    target = with_data(load_target(request.target), request.data)
    require(request.researcher, request.model is not None)
    if request.model is not None:
        from researchers.language_model.models.keys import key_of

        model = load_model(request.model)
        # A key that is missing is said now, and not in the night.
        key_of(model.settings, Path.cwd())
        request = dataclasses.replace(request, model=model.name)
    home = home_of(request.target, target)
    home.root.mkdir(parents=True, exist_ok=True)
    server = ensure_server(home.root)
    console.print(f"deployment 'whetstone nightly/{target.name}' on '{cron}'; UI {server.ui}")
    from flows.nightly import serve_nightly  # Prefect reads its settings when it is imported

    serve_nightly(request, target.name, cron)
