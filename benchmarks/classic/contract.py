"""Makes a repository with a target contract of kind `pytest` from a classic program."""

from __future__ import annotations

import ast
import os
import shutil
from pathlib import Path
from typing import Any

import yaml
from git import Repo

from benchmarks.classic import Program
from tasks.target import Budget, Splits

CONFIGURATION = "pytest.ini"
LIMITS = {"seconds": 30, "memory_mb": 1024, "disk_mb": 64}
"""Limits of one run of the tests; a whole run takes about a second on an idle machine."""
_MOMENT = "2024-01-01T00:00:00+00:00"
_IDENTITY = ("Classic programs", "classic@localhost")


def write_case(
    program: Program,
    folder: Path,
    budget: Budget,
    *,
    source: str | None = None,
    name: str | None = None,
    splits: Splits | None = None,
) -> Path:
    """Writes `folder/repository` with one commit and `folder/NAME.yaml`; returns the contract.

    The repository holds the program, with `source` for its text where that is given, and its
    visible tests; nothing of the unseen tests and of the text that `source` replaces. `name` is
    the target's name and defaults to the program's. The same arguments give the same commit.
    Raises FileExistsError when `folder` has a repository already.
    """
    name = name or program.name
    text = program.module.read_text(encoding="utf-8") if source is None else source
    _write_repository(program, folder / "repository", text)
    contract = folder / f"{name}.yaml"
    document = _document(program, name, budget, splits or Splits())
    contract.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    return contract


def _write_repository(program: Program, repository: Path, text: str) -> None:
    repository.mkdir(parents=True)
    (repository / program.module.name).write_text(text, encoding="utf-8")
    (repository / "tests").mkdir()
    shutil.copyfile(program.tests, repository / "tests" / program.tests.name)
    shutil.copyfile(program.folder / CONFIGURATION, repository / CONFIGURATION)
    with Repo.init(repository, initial_branch="main") as repo:
        repo.git.add("--all", "--force")
        repo.git.execute(
            ["git", "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false",
             "commit", "--quiet", "--no-verify", "-m", f"Add {program.name} and its tests"],
            env={**os.environ, **_author()},
        )  # fmt: skip


def _author() -> dict[str, str]:
    values = (*_IDENTITY, _MOMENT)
    keys = ("NAME", "EMAIL", "DATE")
    return {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in zip(keys, values, strict=True)
    }


def _document(program: Program, name: str, budget: Budget, splits: Splits) -> dict[str, Any]:
    return {
        "name": name,
        "description": _purpose(program),
        "repository": {"path": "repository"},
        "editable": [program.module.name],
        "protected": ["tests/**", CONFIGURATION],
        "environment": {"variables": {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}},
        "metric": {
            "kind": "pytest",
            "command": ["{python}", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        },
        "splits": splits.model_dump(mode="json"),
        "limits": LIMITS,
        "budget": budget.model_dump(mode="json"),
    }


def _purpose(program: Program) -> str:
    """The first line of the program's docstring; from the shipped text, so it is always there."""
    tree = ast.parse(program.module.read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or program.name).partition("\n")[0]
