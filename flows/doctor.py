"""`whetstone doctor`: what this machine has, what it lacks, and what mends it."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tasks.home import MINIMUM_FREE_MB, Home
from tasks.test.sandbox import probe

PACKAGES = (
    "prefect", "torch", "triton", "dspy-ai", "lancedb", "mlflow", "gitpython", "pandas",
    "rank-bm25", "optuna", "libcst",
)  # fmt: skip


@dataclass(frozen=True)
class Check:
    """One thing looked at; a check that is needed and not ok fails the examination."""

    name: str
    ok: bool
    found: str
    cure: str = ""
    needed: bool = True


def examine(as_json: bool) -> int:
    """Prints every check; 0 when all that is needed is there, 1 otherwise."""
    checks = (
        _python(),
        _git(),
        *_packages(),
        *_sandboxes(),
        _disk(),
        _locomo(),
        _gpu(),
        *_models(),
    )
    if as_json:
        print(json.dumps([asdict(check) for check in checks], indent=1))
    else:
        _show(checks)
    return int(any(check.needed and not check.ok for check in checks))


def _show(checks: tuple[Check, ...]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("", "what", "found", "cure"):
        table.add_column(title, overflow="fold")
    for check in checks:
        mark = "[green]ok[/]" if check.ok else "[red]no[/]" if check.needed else "[yellow]--[/]"
        table.add_row(mark, check.name, check.found, "" if check.ok else check.cure)
    Console().print(table)


def _python() -> Check:
    found = platform.python_version()
    recent = tuple(map(int, found.split(".")[:2])) >= (3, 11)
    return Check("Python >= 3.11", recent, found, "make the environment with a newer Python")


def _git() -> Check:
    program = shutil.which("git")
    if program is None:
        return Check("git", False, "not on PATH", "install git")
    shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return Check("git", True, shown.stdout.strip())


def _packages() -> tuple[Check, ...]:
    checks = []
    for name in PACKAGES:
        try:
            checks.append(Check(name, True, version(name)))
        except PackageNotFoundError:
            checks.append(Check(name, False, "not installed", "run `make setup`"))
    return tuple(checks)


def _sandboxes() -> tuple[Check, ...]:
    found = probe()
    cure = "install the package `bubblewrap`, or use a kernel with Landlock (docs/security.md)"
    return (
        Check("a sandbox", any(a.available for a in found), _first(found), cure),
        *(Check(f"sandbox {a.name}", a.available, a.why, cure, needed=False) for a in found),
    )


def _first(found: tuple[object, ...]) -> str:
    names = [a.name for a in found if a.available]  # type: ignore[attr-defined]
    return names[0] if names else "none"


def _disk() -> Check:
    home = Home.beside(Path.cwd())
    place = home.root if home.root.is_dir() else Path.cwd()
    free = shutil.disk_usage(place).free // 2**20
    return Check(f"disk at {place}", free > MINIMUM_FREE_MB, f"{free} MiB free", "free some space")


def _locomo() -> Check:
    path = os.environ.get("WHETSTONE_LOCOMO")
    there = path is not None and Path(path).is_file()
    return Check(
        "LoCoMo data", there, path or "WHETSTONE_LOCOMO is not set",
        "`whetstone data fetch locomo`, or name the file in WHETSTONE_LOCOMO", needed=False,
    )  # fmt: skip


def _models() -> tuple[Check, ...]:
    """Which of the shipped models could be asked from here, without asking any."""
    from researchers.language_model.models.loading import load_model, shipped_models
    from researchers.language_model.models.usable import usable

    checks = []
    for name in shipped_models():
        found = usable(load_model(name), Path.cwd())
        checks.append(Check(f"model {name}", found.ok, found.found, found.cure, needed=False))
    return tuple(checks)


def _gpu() -> Check:
    import torch

    if torch.cuda.is_available():
        return Check("GPU", True, torch.cuda.get_device_name(0), needed=False)
    return Check("GPU", False, "none: kernels run in PyTorch", "none is needed", needed=False)
