"""Examines a mutant: does it make a case, and if not, why not."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from benchmarks.injection.baseline import Baseline
from benchmarks.injection.case import Case
from benchmarks.injection.draw import Mutant
from benchmarks.injection.repository import write_case, write_tree
from benchmarks.injection.splitting import split
from benchmarks.injection.suite import Results, Suite
from tasks.target import matches
from tasks.test.sandbox import discard

Verdict = Literal[
    "kept",
    "survived",
    "too many fail",
    "hung or crashed",
    "a fault alone survives",
    "no failing test visible",
    "too few tests",
    "unsteady",
]
"""What became of a mutant; all but the first are reasons to drop it."""

_FEWEST_VISIBLE = 4
"""Visible test functions that a contract needs for its two splits."""
_FEWEST_UNSEEN = 2
"""Unseen test functions without which `right` would say no more than `plausible`."""


@dataclass(frozen=True)
class Examination:
    """The verdict, what it took, and the case where it was kept."""

    verdict: Verdict
    seconds: float
    case: Case | None = None


def examine(baseline: Baseline, mutant: Mutant, suite: Suite, out: Path) -> Examination:
    """Runs the tests that reach the changed file; a kept mutant is written as a case to `out`."""
    work = Path(tempfile.mkdtemp(prefix="mutant-"))
    work.chmod(0o755)  # the sandbox's user has to pass through it
    try:
        return _examine(baseline, mutant, suite, out, work)
    finally:
        discard(work)


def _examine(
    baseline: Baseline, mutant: Mutant, suite: Suite, out: Path, work: Path
) -> Examination:
    files = baseline.reached[mutant.file]
    counted = baseline.counted_in(files)
    tree = work / "tree"
    shutil.copytree(baseline.tree, tree)
    results = _run(tree, mutant.file, mutant.text, suite, files)
    seconds = results.seconds
    failing = counted - results.passed()
    dropped = _dropped(baseline, results, failing, counted)
    if dropped is not None:
        return Examination(dropped, seconds)
    for text in mutant.single:
        alone = _run(tree, mutant.file, text, suite, files)
        seconds += alone.seconds
        if alone.complete and not counted - alone.passed():
            return Examination("a fault alone survives", seconds)
    found = split(baseline.functions, counted, failing, baseline.substrate.unseen, mutant.key)
    if found is None:
        return Examination("no failing test visible", seconds)
    if _units(found.visible) < _FEWEST_VISIBLE or _units(found.unseen) < _FEWEST_UNSEEN:
        return Examination("too few tests", seconds)
    identifier = f"{baseline.substrate.name}-{mutant.key[:8]}"
    case = Case(
        id=identifier,
        substrate=baseline.substrate.name,
        substrate_kind=baseline.substrate.kind,
        half=half_of(identifier),
        faults=mutant.faults,
        test_files=files,
        visible=tuple(sorted(found.visible)),
        unseen=tuple(sorted(found.unseen)),
        failing_visible=tuple(sorted(failing & found.visible)),
        failing_unseen=tuple(sorted(failing & found.unseen)),
        seconds=results.seconds,
    )
    repository = work / "repository"
    write_tree(baseline, repository, found.unseen)
    steady, spent = _steady(case, baseline, mutant, suite, repository)
    if not steady:
        return Examination("unsteady", seconds + spent)
    return Examination(
        "kept", seconds + spent, write_case(case, baseline, repository, out / case.id)
    )


def half_of(identifier: str) -> Literal["development", "reported"]:
    """The half that a case belongs to, by digest of its id."""
    odd = sha256(f"half\x1f{identifier}".encode()).digest()[0] % 2
    return "reported" if odd else "development"


def _units(tests: frozenset[str]) -> int:
    return len({test.partition("[")[0] for test in tests})


def _dropped(
    baseline: Baseline, results: Results, failing: frozenset[str], counted: frozenset[str]
) -> Verdict | None:
    if not results.complete:
        return "hung or crashed"
    if not failing:
        return "survived"
    if len(counted - failing) < baseline.substrate.least_passing * len(counted):
        return "too many fail"
    return None


def _run(tree: Path, file: str, text: str, suite: Suite, files: tuple[str, ...]) -> Results:
    (tree / file).write_bytes(text.encode("utf-8"))
    return suite.run(tree, files, seed=0)


def _steady(
    case: Case, baseline: Baseline, mutant: Mutant, suite: Suite, repository: Path
) -> tuple[bool, float]:
    """Whether the same visible tests fail under another hash seed, without the unseen ones."""
    files = tuple(f for f in case.test_files if not matches(f, baseline.substrate.unseen))
    (repository / mutant.file).write_bytes(mutant.text.encode("utf-8"))
    broken = suite.run(repository, files, seed=1)
    failing = frozenset(case.visible) - broken.passed()
    return failing == frozenset(case.failing_visible), broken.seconds
