"""Options and arguments that several commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
JSON = Annotated[bool, typer.Option("--json", help="One JSON document.")]
RESEARCHER = Annotated[
    str, typer.Option(help="Who thinks: program_analysis, language_model or mixed.")
]
MODEL = Annotated[
    str | None,
    typer.Option(help="The model to think with: one of configs/models by name, or a YAML file."),
]
