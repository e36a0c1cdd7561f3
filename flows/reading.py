"""What the subcommands do that look back at runs, apart from parsing their arguments."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.ending import print_ending
from flows.session import home_of, stored_run
from tasks.errors import WhetstoneError
from tasks.home import Home
from tasks.target import load_target

console = Console()


def show_run(name: str, target: Path | None, as_json: bool) -> None:
    """`whetstone show`."""
    from stages.document import build_document

    run = stored_run(_home(target), name)
    document = build_document(run)
    if as_json:
        sys.stdout.write(document.model_dump_json(indent=1) + "\n")
        return
    print_ending(run, document)


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
