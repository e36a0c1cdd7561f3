"""The ending of a run in the terminal, with the addresses of what answers now."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from stages.run import Run
from tasks.records.document import RunDocument


def print_ending(run: Run, document: RunDocument, prefect: str = "") -> None:
    """Prints the ending, with the report where there is one, and the UIs that answer now."""
    from flows.addresses import addresses
    from tasks.report import arm_summary, summary

    shown = document.model_copy(
        update={
            "commands": {**document.commands, **addresses(run.home.root, prefect)},
            "report": document.report if Path(document.report).is_file() else "",
        }
    )
    Console().print(arm_summary(shown) if run.settings.kind == "automl" else summary(shown))
