"""The commands that look: back at runs, at the machine, the graph and benchmark data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import CONTRACT, JSON, RUN, SANDBOX, UNSANDBOXED

app = typer.Typer()
data_app = typer.Typer(help="Benchmark data: fetch it, with its digest checked.")


@app.command()
def compare(
    run: RUN,
    others: Annotated[
        list[str] | None, typer.Argument(help="Further runs, such as AutoML ones, to set beside.")
    ] = None,
    target: CONTRACT = None,
    json_: JSON = False,
    page: Annotated[
        Path | None, typer.Option("--html", help="Write the curves and tables to this page.")
    ] = None,
) -> None:
    """Sets a run beside arms and other runs, those of one kind grouped over their seeds."""
    from flows.reading import show_comparison

    show_comparison(run, others or [], target, as_json=json_, page=page)


@app.command()
def report(
    run: RUN = "latest",
    target: CONTRACT = None,
    beside: Annotated[
        str | None, typer.Option(help="Another run of this home, to lay beside it on one page.")
    ] = None,
) -> None:
    """Builds a run's report anew from its ledger, and prints where it is."""
    from flows.reading import lay_beside, rebuild_report

    if beside is None:
        rebuild_report(run, target)
    else:
        lay_beside(run, beside, target)


@app.command()
def replay(
    run: RUN = "latest",
    target: CONTRACT = None,
    sandbox: SANDBOX = None,
    allow_unsandboxed: UNSANDBOXED = False,
    json_: JSON = False,
) -> None:
    """Evaluates a run's base and champion again, from nothing: do its figures come out again?"""
    from flows.reading import replay_run

    replay_run(run, target, sandbox, allow_unsandboxed, as_json=json_)


@app.command()
def show(
    run: RUN = "latest",
    target: CONTRACT = None,
    json_: Annotated[bool, typer.Option("--json", help="The whole run document.")] = False,
) -> None:
    """Shows what a run knows: the ending again, or with --json everything, for machines."""
    from flows.reading import show_run

    show_run(run, target, as_json=json_)


@app.command()
def runs(target: CONTRACT = None) -> None:
    """Lists the runs of this home with their state."""
    from flows.reading import list_runs

    list_runs(target)


@app.command()
def graph(
    mermaid: Annotated[bool, typer.Option("--mermaid", help="As a Mermaid flowchart.")] = False,
) -> None:
    """Prints the research graph: 23 stages, what they hand on, and where the gates lead."""
    from flows.drawing import as_mermaid, as_text

    typer.echo(as_mermaid() if mermaid else as_text())


@app.command()
def doctor(json_: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Checks this machine: Python, packages, git, sandboxes, disk, data, GPU, models."""
    from flows.doctor import examine

    raise typer.Exit(examine(as_json=json_))


@app.command()
def ui(
    target: CONTRACT = None,
    stop: Annotated[bool, typer.Option("--stop", help="Stop the servers instead.")] = False,
) -> None:
    """Starts (or finds) the Prefect and MLflow UIs of this home and prints their addresses."""
    from flows.reading import open_uis

    open_uis(target, stop=stop)


@data_app.command("fetch")
def fetch(
    name: Annotated[str, typer.Argument(help="locomo")],
    source: Annotated[
        str | None, typer.Option("--from", help="A URL or a path in place of the public home.")
    ] = None,
) -> None:
    """Downloads a benchmark's file into the cache and checks its digest."""
    from flows.reading import fetch_data

    fetch_data(name, source)
