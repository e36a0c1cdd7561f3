"""The judge: does a repaired tree pass what the researcher saw, and what it did not."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Literal

from benchmarks.injection.case import Case
from benchmarks.injection.suite import Results, Suite
from tasks.records.base import Record
from tasks.target import Target, load_target
from tasks.test.sandbox import Sandbox, choose, discard

SLOWER = 5.0
FEWEST_SECONDS = 20.0
"""A repaired tree may take that many times as long as the defective one, or so many seconds."""


class Judgement(Record):
    """`right`: all tests of the case pass. `plausible`: all visible ones do. Else `failed`."""

    case: str
    verdict: Literal["right", "plausible", "failed"]
    failed_visible: tuple[str, ...]
    failed_unseen: tuple[str, ...]


def judge(case: Case, tree: Path, sandbox: Sandbox | None = None) -> Judgement:
    """Runs all tests of the case on what `tree` changed in its editable files.

    Only those are taken from `tree`: tests and settings are those of the healthy tree, whatever a
    repair did to its own. Raises SandboxError, ContractError.
    """
    target = load_target(str(case.contract))
    seconds = max(FEWEST_SECONDS, SLOWER * case.seconds)
    work = Path(tempfile.mkdtemp(prefix="judge-"))
    work.chmod(0o755)  # the sandbox's user has to pass through it
    try:
        whole = work / "tree"
        shutil.copytree(case.healthy, whole)
        _overlay(target, tree, whole)
        suite = Suite(sandbox or choose(), seconds)
        return judgement(case, suite.run(whole, case.test_files, seed=0))
    finally:
        discard(work)


def judgement(case: Case, results: Results) -> Judgement:
    """What the results of all tests of a case say."""
    passed = results.passed()
    visible = tuple(test for test in case.visible if test not in passed)
    unseen = tuple(test for test in case.unseen if test not in passed)
    verdict: Literal["right", "plausible", "failed"] = "failed"
    if not visible:
        verdict = "plausible" if unseen else "right"
    return Judgement(case=case.id, verdict=verdict, failed_visible=visible, failed_unseen=unseen)


def _overlay(target: Target, tree: Path, whole: Path) -> None:
    for path in _editable(target, whole):
        (whole / path).unlink()
    for path in _editable(target, tree):
        (whole / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(tree / path, whole / path)


def _editable(target: Target, tree: Path) -> list[Path]:
    files = (p.relative_to(tree) for p in sorted(tree.rglob("*")) if _plain(p))
    return [path for path in files if target.may_edit(path.as_posix())]


def _plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
