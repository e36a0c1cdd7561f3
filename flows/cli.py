"""The `whetstone` command."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from flows import cli_reading
from flows.options import DATA, MODEL, RESEARCHER, SANDBOX, SEED, TARGET, UNSANDBOXED
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
INTERRUPTED = 130


@app.command()
def improve(
    target: TARGET,
    researcher: RESEARCHER = "program_analysis",
    model: MODEL = None,
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
def serve(
    target: TARGET,
    cron: Annotated[str, typer.Option(help="When to run, as a cron expression.")] = "0 2 * * *",
    researcher: RESEARCHER = "program_analysis",
    model: MODEL = None,
    experiments: Annotated[int | None, typer.Option(min=1, help="Per run.")] = None,
    minutes: Annotated[float | None, typer.Option(min=0.1, help="Per run.")] = None,
    seed: SEED = 0,
    data: DATA = None,
) -> None:
    """Registers a nightly run of TARGET as a Prefect deployment, and runs it when due."""
    from flows.commands import serve as serve_target
    from flows.session import Request

    serve_target(Request(target, researcher, model, experiments, minutes, seed, data), cron)


app.add_typer(cli_reading.app)
app.add_typer(cli_reading.data_app, name="data")


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
