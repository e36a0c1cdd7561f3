"""A run of a contract in a folder of its own, with the sandbox that works here."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.session import Request, new_run, recorded
from researchers.program_analysis import ProgramAnalysis
from researchers.protocol import Researcher
from stages.document import build_document
from stages.engine import Engine
from stages.run import Run
from stages.settings import Settings
from stages.walk import walk
from tasks.home import Home
from tasks.records.document import RunDocument
from tasks.target import parse_target
from tasks.test.sandbox import choose, probe

needs_sandbox = pytest.mark.skipif(not any(a.available for a in probe()), reason="no sandbox works")


def walked(run: Run, researcher: Researcher | None = None) -> RunDocument:
    """The document of a whole run, with another mind if one is given."""
    if researcher is not None:
        run.researcher = researcher
    with recorded(run):
        walk(Engine(run))
    return build_document(run)


def new_run_of(contract: Path) -> Run:
    """A run of a contract file as the command makes it, without AutoML, MLflow and memories."""
    return new_run(Request(str(contract), automl=False, tracking=False, memory=False))


def run_of(contract: str, folder: Path) -> Run:
    """Nothing is begun; the sandbox's user can pass through the folder."""
    folder.chmod(0o755)
    return Run(
        id="r1",
        target=parse_target(contract, folder / "contract.yaml"),
        settings=Settings(contract=str(folder / "contract.yaml")),
        home=Home(folder / "home"),
        sandbox=choose(),
        researcher=ProgramAnalysis(),
    )
