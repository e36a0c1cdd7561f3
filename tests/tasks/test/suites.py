"""Small repositories whose metric is their own test suite, and all it takes to run them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tasks.ledger import Ledger
from tasks.patch import Workspace
from tasks.target import Target, parse_target
from tasks.test import (
    Collected,
    EvaluationCache,
    Evaluator,
    LineageCache,
    PytestSuite,
    Workload,
    collect,
)
from tasks.test.sandbox import choose

CONTRACT = """
name: small
repository: {path: tree, snapshot: true}
editable: ["*.py"]
protected: [tests/**]
metric:
  kind: pytest
  command: ["{python}", -m, pytest, -q, -p, "no:cacheprovider", tests]
  test_seconds: 0.3
splits: {sealed_share: 0.4, seed: 1}
limits: {seconds: 90}
budget: {experiments: 40, minutes: 5, sealed_openings: 8, repeats: 2}
"""


def write_target(folder: Path, files: Mapping[str, str], contract: str = CONTRACT) -> Path:
    """Writes the files of a repository and its contract; returns the contract's path."""
    for name, text in files.items():
        path = folder / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "tree" / "conftest.py").write_text("")
    path = folder / "small.yaml"
    path.write_text(contract)
    return path


@dataclass
class Bench:
    """A collected target with an evaluator whose sealed split is the groups named."""

    target: Target
    collected: Collected
    evaluator: Evaluator

    def commit(self, path: str, text: str) -> str:
        """A commit on the base with one file's new text."""
        from tasks.records import FileEdit

        workspace = self.evaluator.workspace
        return workspace.commit(workspace.base, [FileEdit(path=path, content=text)], "x", {}, "x")


def bench(folder: Path, files: Mapping[str, str], sealed: tuple[str, ...] = ()) -> Bench:
    """Collects the repository's tests in the real sandbox."""
    contract = write_target(folder, files)
    target = parse_target(contract.read_text(), contract)
    workspace = Workspace.create(target, folder / "work")
    sandbox = choose()
    collected = collect(target, sandbox, workspace.checkout(workspace.base), folder / "collect")
    groups = {item.group for item in collected.items}
    workload = Workload(collected.items, tuple(sorted(groups - set(sealed))), sealed, "tests")
    evaluator = Evaluator(
        workspace=workspace, workload=workload,
        measurement=PytestSuite(target, sandbox, collected.habits),
        cache=EvaluationCache(folder / "evaluations"), lineage=LineageCache(folder / "lineage"),
        ledger=Ledger(folder), scratch=folder / "scratch",
    )  # fmt: skip
    return Bench(target, collected, evaluator)
