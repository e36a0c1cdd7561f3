"""What a substrate's healthy tree does: which tests count, and which test files reach a module."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from benchmarks.injection.case import HEALTHY
from benchmarks.injection.module import Module
from benchmarks.injection.splitting import FunctionIndex
from benchmarks.injection.substrates import Substrate, lay_out
from benchmarks.injection.suite import Suite
from tasks.errors import DataError
from tasks.records.base import Record

_SECONDS = 60.0
"""Seconds of the processor that a healthy suite may take, which is run as a whole."""


class Baseline(Record):
    """A substrate laid out in `tree` and measured.

    `counted` are the tests that pass under two hash seeds; `uncounted` are the others that ran, and
    are taken out of every case. `reached` maps a module to the test files whose tests call its
    functions. `seconds` are of the processor, for one whole run.
    """

    substrate: Substrate
    tree: Path
    counted: frozenset[str]
    uncounted: frozenset[str]
    reached: Mapping[str, tuple[str, ...]]
    seconds: float

    @cached_property
    def functions(self) -> FunctionIndex:
        """Where its test functions stand."""
        return FunctionIndex(self.tree, suite_files(self.substrate, self.tree))

    @cached_property
    def modules(self) -> Mapping[str, Module]:
        """What defects may be put into: modules that some test reaches."""
        return {file: Module(read_text(self.tree / file)) for file in sorted(self.reached)}

    def counted_in(self, files: Sequence[str]) -> frozenset[str]:
        """The counted tests of some test files."""
        wanted = set(files)
        return frozenset(t for t in self.counted if self.functions.file_of(t) in wanted)


def measure(substrate: Substrate, cache: Path, out: Path, suite: Suite) -> Baseline:
    """The baseline of a substrate under `out`, measured once. Raises DataError."""
    tree = out / HEALTHY / substrate.name
    kept = tree.with_suffix(".json")
    if kept.is_file() and tree.is_dir():
        known = Baseline.model_validate_json(kept.read_text(encoding="utf-8"))
        if known.substrate == substrate:
            return known
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    lay_out(substrate, cache, tree)
    baseline = _measure(substrate, tree, suite)
    kept.write_text(baseline.model_dump_json(by_alias=True), encoding="utf-8")
    return baseline


def _measure(substrate: Substrate, tree: Path, suite: Suite) -> Baseline:
    files = suite_files(substrate, tree)
    patient = Suite(suite.sandbox, _SECONDS, suite.memory_mb)
    first, calls = patient.probe(tree, files, seed=0)
    second = patient.run(tree, files, seed=1)
    counted = first.passed() & second.passed()
    if not counted:
        raise DataError(
            f"no test of {substrate.name} passes in {tree}",
            f"run its tests there by hand: python -m pytest {' '.join(substrate.tests)}",
        )
    skipped = {test for test, result in second.tests.items() if result == "skipped"}
    ran = frozenset(first.tests) | frozenset(second.tests)
    reached = {
        module: tuple(sorted(test for test, called in calls.items() if module in called))
        for module in _expand(substrate.modules, tree)
    }
    return Baseline(
        substrate=substrate,
        tree=tree,
        counted=counted,
        uncounted=ran - counted - skipped,
        reached={module: tests for module, tests in reached.items() if tests},
        seconds=second.seconds,
    )


def suite_files(substrate: Substrate, tree: Path) -> tuple[str, ...]:
    """All test files of a substrate, as paths in its tree."""
    return _expand((*substrate.tests, *substrate.unseen), tree)


def read_text(path: Path) -> str:
    """A source file's text with its own line breaks."""
    return path.read_bytes().decode("utf-8")


def _expand(globs: Sequence[str], tree: Path) -> tuple[str, ...]:
    found = {path.relative_to(tree).as_posix() for g in globs for path in tree.glob(g)}
    return tuple(sorted(found))
