"""A run of a contract in a folder of its own, with the sandbox that works here."""

from __future__ import annotations

from pathlib import Path

from researchers.program_analysis import ProgramAnalysis
from stages.run import Run
from stages.settings import Settings
from tasks.home import Home
from tasks.target import parse_target
from tasks.test.sandbox import choose


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
