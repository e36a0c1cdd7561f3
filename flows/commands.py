"""What the subcommands do, apart from parsing their arguments."""

from __future__ import annotations

import dataclasses
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.table import Table

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
from stages.kept_arms import find_arm
from stages.run import Run
from tasks.errors import WhetstoneError
from tasks.home import Home
from tasks.records.document import RunDocument
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
        document = _under_prefect(run, fresh=resume is None)
    _ending(run, document)


def run_automl_only(request: Request, resume: str | None, like: str | None, quiet: bool) -> None:
    """`whetstone automl`: stages 1 to 4, then one arm alone."""
    from flows.server import ensure_server
    from tasks.propose import find_sampler
    from tasks.report import Live

    find_arm(request.arms)
    find_sampler(request.sampler)
    with Live(quiet=quiet) as progress:
        if resume is not None:
            run = resumed_run(request, resume, progress)
        else:
            run = new_run(request if like is None else _at_budget_of(request, like), progress)
        with holding(run, fresh=resume is None), _interruptible(run), recorded(run):
            server = ensure_server(run.home.root)
            run.progress.note(f"run {run.id}; watch it at {server.ui}; sandbox: {run.sandbox.name}")
            from flows.automl import tune  # Prefect reads its settings when it is imported

            document = tune(run)
    _ending(run, document, server.ui)


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


def _under_prefect(run: Run, fresh: bool) -> RunDocument:
    from flows.server import ensure_server

    with holding(run, fresh), _interruptible(run), recorded(run):
        server = ensure_server(run.home.root)
        run.progress.note(f"run {run.id}; watch it at {server.ui}; sandbox: {run.sandbox.name}")
        from flows.improve import improve  # Prefect reads its settings when it is imported

        return improve(run)


def _ending(run: Run, document: RunDocument, prefect: str = "") -> None:
    """Prints the ending, with the report where there is one, and the UIs that answer now."""
    from flows.addresses import addresses
    from tasks.report import arm_summary, summary

    shown = document.model_copy(
        update={
            "commands": {**document.commands, **addresses(run.home.root, prefect)},
            "report": document.report if Path(document.report).is_file() else "",
        }
    )
    console.print(arm_summary(shown) if run.settings.kind == "automl" else summary(shown))


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


def show_run(name: str, target: Path | None, as_json: bool) -> None:
    """`whetstone show`."""
    from stages.document import build_document

    run = stored_run(_home(target), name)
    document = build_document(run)
    if as_json:
        sys.stdout.write(document.model_dump_json(indent=1) + "\n")
        return
    _ending(run, document)


def rebuild_report(name: str, target: Path | None) -> None:
    """`whetstone report`."""
    from stages.document import build_document
    from tasks.report import write_report

    run = stored_run(_home(target), name)
    console.print(str(write_report(build_document(run), run.folder)), soft_wrap=True)


def lay_beside(name: str, other: str, target: Path | None) -> None:
    """`whetstone report --beside`."""
    from flows.comparison import champions_apart
    from stages.document import build_document
    from tasks.report import write_beside

    home = _home(target)
    left, right = stored_run(home, name), stored_run(home, other)
    page = write_beside(
        build_document(left), build_document(right), champions_apart(left, right), left.folder
    )
    console.print(str(page), soft_wrap=True)


def replay_run(
    name: str, target: Path | None, sandbox: str | None, allow_unsandboxed: bool, as_json: bool
) -> None:
    """`whetstone replay`: raises WhetstoneError where a figure does not come out again."""
    from flows.replaying import replay_table
    from stages.replay import replay
    from tasks.test.sandbox import choose

    run = stored_run(_home(target), name)
    run.sandbox = choose(allow_unsandboxed=allow_unsandboxed, prefer=sandbox)
    with tempfile.TemporaryDirectory(prefix="whetstone-replay-") as folder:
        Path(folder).chmod(0o755)  # the sandbox's user has to pass through it
        replayed = replay(run, Path(folder))
    if as_json:
        sys.stdout.write(replayed.model_dump_json(indent=1) + "\n")
    else:
        console.print(replay_table(replayed))
    if not replayed.agrees:
        raise WhetstoneError(
            f"run {run.id} does not come out again: items moved, and its base had no noise",
            "compare the environment in its report with this one, packages and data first",
        )


def list_runs(target: Path | None) -> None:
    """`whetstone runs`."""
    from stages.status import status_now

    home = _home(target)
    table = Table(box=None, pad_edge=False)
    names = home.run_ids()
    table.add_column("run", no_wrap=True, min_width=max(map(len, names), default=0))
    for title in ("state", "researcher", "seed", "contract"):
        table.add_column(title, overflow="fold")
    for name in names:
        folder = home.root / "runs" / name
        if (folder / "status.json").is_file():
            s = status_now(home, name)
            table.add_row(name, s.state, s.researcher, str(s.seed), s.contract)
    console.print(table if table.row_count else f"no runs in {home.root}")


def show_comparison(
    name: str, others: list[str], target: Path | None, as_json: bool, page: Path | None
) -> None:
    """`whetstone compare`."""
    from flows.comparison import comparison_table
    from stages.comparing import compare_searches
    from tasks.report import write_comparison

    home = _home(target)
    comparison = compare_searches(stored_run(home, name), [stored_run(home, o) for o in others])
    if page is not None:
        write_comparison(comparison, page)
    if as_json:
        sys.stdout.write(comparison.model_dump_json(indent=1) + "\n")
    else:
        console.print(comparison_table(comparison))
        if page is not None:
            console.print(str(page), soft_wrap=True)


def open_uis(target: Path | None, stop: bool) -> None:
    """`whetstone ui`."""
    from flows.addresses import start_all, stop_all

    home = _home(target)
    lines = stop_all(home.root) if stop else start_all(home.root)
    for line in lines:
        console.print(line)


def serve(request: Request, cron: str) -> None:
    """`whetstone serve`."""
    from flows.server import ensure_server

    fields = cron.split()
    if len(fields) != CRON_FIELDS:
        raise WhetstoneError(
            f"--cron: '{cron}' has {len(fields)} fields, a cron expression has {CRON_FIELDS}",
            'give minute, hour, day, month and weekday, such as "0 2 * * *"',
        )
    target = with_data(load_target(request.target), request.data)
    home = home_of(request.target, target)
    home.root.mkdir(parents=True, exist_ok=True)
    server = ensure_server(home.root)
    console.print(f"deployment 'whetstone nightly/{target.name}' on '{cron}'; UI {server.ui}")
    from flows.nightly import serve_nightly  # Prefect reads its settings when it is imported

    serve_nightly(request, target.name, cron)


def fetch_data(name: str, source: str | None) -> None:
    """`whetstone data fetch`."""
    from memory_systems import locomo

    if name != "locomo":
        raise WhetstoneError(f"no data set '{name}' to fetch", "`whetstone data fetch locomo`")
    path = locomo.fetch(source=source)
    console.print(f"{path}  (digest checked)")


def _home(contract: Path | None) -> Home:
    if contract is None:
        return Home.beside(Path.cwd())
    return home_of(str(contract), load_target(str(contract)))
