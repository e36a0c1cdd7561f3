"""The `whetstone` command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from memory_systems.errors import BenchmarkError
from tasks.errors import WhetstoneError

app = typer.Typer(
    name="whetstone",
    help="Makes a git-versioned AI system better while you sleep, and proves what made it better.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
data_app = typer.Typer(help="Benchmark data: fetch it, with its digest checked.")
app.add_typer(data_app, name="data")

INTERRUPTED = 130

TARGET = Annotated[
    str, typer.Argument(help="A target contract (YAML file), or a shipped one by name.")
]
DATA = Annotated[
    str | None, typer.Option(help="Use this file or folder in place of the contract's data.")
]
SEED = Annotated[int, typer.Option(help="Seed of everything that is drawn.")]
SANDBOX = Annotated[str | None, typer.Option(help="Insist on one sandbox: bubblewrap or landlock.")]
UNSANDBOXED = Annotated[
    bool,
    typer.Option(
        "--allow-unsandboxed",
        help="Run candidates without a sandbox where none can be had. Recorded in every report.",
    ),
]
RUN = Annotated[str, typer.Argument(help="A run: `latest`, its id, or the beginning or end of it.")]
CONTRACT = Annotated[
    Path | None,
    typer.Option(
        "--target", help="The contract whose home holds the run, unless it is this folder's."
    ),
]


@app.command()
def improve(
    target: TARGET,
    researcher: Annotated[
        str, typer.Option(help="Who thinks: program_analysis, language_model or mixed.")
    ] = "program_analysis",
    model: Annotated[
        str | None,
        typer.Option(
            help="The model to think with: one of configs/models by name, or a YAML file."
        ),
    ] = None,
    experiments: Annotated[
        int | None, typer.Option(min=1, help="Candidates to try at most [contract's budget].")
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0.1, help="Minutes of research at most [contract's budget].")
    ] = None,
    seed: SEED = 0,
    data: DATA = None,
    resume: Annotated[
        str | None, typer.Option(help="Go on with a run that was killed: its id or `latest`.")
    ] = None,
    automl: Annotated[
        bool, typer.Option(help="Run Optuna at the same budget, for comparison.")
    ] = True,
    automl_arms: Annotated[
        str, typer.Option(help="Which arms, with commas: declared, literals, random_edits, luck.")
    ] = "declared",
    sandbox: SANDBOX = None,
    allow_unsandboxed: UNSANDBOXED = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the ending.")] = False,
    tracking: Annotated[bool, typer.Option(help="Log the run to MLflow.")] = True,
    memory: Annotated[
        bool, typer.Option(help="Consult published knowledge and earlier runs, and be remembered.")
    ] = True,
) -> None:
    """Runs the research graph on TARGET and leaves a better system on a branch."""
    from flows.commands import run_improve
    from flows.session import Request

    request = Request(
        target, researcher, model, experiments, minutes, seed, data, automl, sandbox,
        allow_unsandboxed, tracking, memory, arms=automl_arms,
    )  # fmt: skip
    run_improve(request, resume=resume, quiet=quiet)


@app.command()
def automl(
    target: TARGET,
    evaluations: Annotated[
        int | None,
        typer.Option(min=1, help="Passes over the development items [contract's experiments]."),
    ] = None,
    seconds: Annotated[
        float | None, typer.Option(min=0, help="A second budget: seconds in the sandbox.")
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(help="Take both budgets, seed and data from a research run: id or `latest`."),
    ] = None,
    arm: Annotated[
        str,
        typer.Option(
            help="What is searched: declared (knobs), literals (every number, truth value and "
            "enumerated text of the code), random_edits (no diagnosis) or luck (nothing)."
        ),
    ] = "declared",
    sampler: Annotated[str, typer.Option(help="tpe, random, cmaes or gp.")] = "tpe",
    seed: SEED = 0,
    data: DATA = None,
    resume: Annotated[
        str | None, typer.Option(help="Go on with an arm that was killed: its id or `latest`.")
    ] = None,
    sandbox: SANDBOX = None,
    allow_unsandboxed: UNSANDBOXED = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the ending.")] = False,
) -> None:
    """Searches TARGET without a diagnosis, by Optuna or blindly: what research has to beat."""
    from flows.commands import run_automl_only
    from flows.session import Request

    request = Request(
        target, experiments=evaluations, seed=seed, data=data, sandbox=sandbox,
        allow_unsandboxed=allow_unsandboxed, kind="automl", arms=arm, sampler=sampler,
        seconds=seconds,
    )  # fmt: skip
    run_automl_only(request, resume=resume, like=like, quiet=quiet)


@app.command()
def compare(
    run: RUN,
    others: Annotated[
        list[str] | None, typer.Argument(help="Further runs, such as AutoML ones, to set beside.")
    ] = None,
    target: CONTRACT = None,
    json_: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    page: Annotated[
        Path | None, typer.Option("--html", help="Write the curves and tables to this page.")
    ] = None,
) -> None:
    """Sets a run beside arms and other runs, those of one kind grouped over their seeds."""
    from flows.commands import show_comparison

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
    from flows.commands import lay_beside, rebuild_report

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
    json_: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Evaluates a run's base and champion again, from nothing: do its figures come out again?"""
    from flows.commands import replay_run

    replay_run(run, target, sandbox, allow_unsandboxed, as_json=json_)


@app.command()
def show(
    run: RUN = "latest",
    target: CONTRACT = None,
    json_: Annotated[bool, typer.Option("--json", help="The whole run document.")] = False,
) -> None:
    """Shows what a run knows: the ending again, or with --json everything, for machines."""
    from flows.commands import show_run

    show_run(run, target, as_json=json_)


@app.command()
def runs(target: CONTRACT = None) -> None:
    """Lists the runs of this home with their state."""
    from flows.commands import list_runs

    list_runs(target)


@app.command()
def check(
    target: TARGET,
    data: DATA = None,
    sandbox: SANDBOX = None,
    allow_unsandboxed: UNSANDBOXED = False,
) -> None:
    """Measures whether TARGET is ripe: scalar metric, modular, fast iteration, version control."""
    from flows.commands import check_target
    from flows.session import Request

    check_target(Request(target, data=data, sandbox=sandbox, allow_unsandboxed=allow_unsandboxed))


@app.command()
def graph(
    mermaid: Annotated[bool, typer.Option("--mermaid", help="As a Mermaid flowchart.")] = False,
) -> None:
    """Prints the research graph: 23 stages, what they hand on, and where the gates lead."""
    from flows.drawing import as_mermaid, as_text

    typer.echo(as_mermaid() if mermaid else as_text())


@app.command()
def doctor(json_: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Checks this machine: Python, packages, git, sandboxes, disk, data, GPU."""
    from flows.doctor import examine

    raise typer.Exit(examine(as_json=json_))


@app.command()
def ui(
    target: CONTRACT = None,
    stop: Annotated[bool, typer.Option("--stop", help="Stop the servers instead.")] = False,
) -> None:
    """Starts (or finds) the Prefect and MLflow UIs of this home and prints their addresses."""
    from flows.commands import open_uis

    open_uis(target, stop=stop)


@app.command()
def serve(
    target: TARGET,
    cron: Annotated[str, typer.Option(help="When to run, as a cron expression.")] = "0 2 * * *",
    experiments: Annotated[int | None, typer.Option(min=1, help="Per run.")] = None,
    minutes: Annotated[float | None, typer.Option(min=0.1, help="Per run.")] = None,
    seed: SEED = 0,
    data: DATA = None,
) -> None:
    """Registers a nightly run of TARGET as a Prefect deployment, and runs it when due."""
    from flows.commands import serve as serve_target
    from flows.session import Request

    serve_target(
        Request(target, experiments=experiments, minutes=minutes, seed=seed, data=data), cron
    )


@data_app.command("fetch")
def fetch(
    name: Annotated[str, typer.Argument(help="locomo")],
    source: Annotated[
        str | None, typer.Option("--from", help="A URL or a path in place of the public home.")
    ] = None,
) -> None:
    """Downloads a benchmark's file into the cache and checks its digest."""
    from flows.commands import fetch_data

    fetch_data(name, source)


def main() -> None:
    """The console script: errors that a user can act on end in a message, not in a traceback."""
    try:
        app()
    except WhetstoneError as error:
        _say(error.cause, error.cure)
        sys.exit(error.exit_code)
    except BenchmarkError as error:
        _say(error.cause, error.cure)
        sys.exit(2)
    except SystemExit as ending:
        if ending.code == INTERRUPTED:  # Typer ends silently on Ctrl-C
            sys.stderr.write("\ninterrupted; `--resume latest` goes on from the last whole stage\n")
        raise


def _say(cause: str, cure: str) -> None:
    from rich.console import Console

    console = Console(stderr=True)
    console.print(f"[bold red]error[/]  {_escaped(cause)}", highlight=False)
    console.print(f"[bold]cure[/]   {_escaped(cure)}", highlight=False)


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)
