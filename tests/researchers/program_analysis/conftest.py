"""Builds dossiers of small targets, applies proposals, and measures them as a run would."""

from __future__ import annotations

import difflib
import importlib.util
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from researchers.program_analysis import ProgramAnalysis
from tasks.diagnose import read_trace, tracer_environment
from tasks.records.candidate import Failure
from tasks.records.change import Finding, Hypothesis, Proposal
from tasks.records.dossier import Dossier, Drafts, MetricCard, Sample
from tasks.records.evidence import CodeMap, FailureReport, FlowTrace

Files = Mapping[str, str]


def write(root: Path, files: Files) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def dossier_of(root: Path, notes: str = "", **fields: Any) -> Dossier:
    known: dict[str, Any] = {
        "root": root,
        "base": "base",
        "editable": ("**",),
        "protected": ("evaluate.py",),
        "metric": MetricCard(
            name="score", kind="predictions", direction="maximize", unit="", notes=notes
        ),
        "code_map": CodeMap(modules=(), functions=()),
        "trace": FlowTrace(flows=()),
        "failures": FailureReport(slices=()),
    }
    return Dossier(**(known | fields))


def traced(root: Path, texts: Mapping[str, str], scores: Mapping[str, float]) -> FlowTrace:
    """The trace of `main.py`, which works on the items' texts one by one."""
    output = root.parent / f"{root.name}-trace.json"
    environment = tracer_environment(output, dict(texts), root)
    subprocess.run([sys.executable, "main.py"], cwd=root, env=environment, check=True)
    return read_trace(output).model_copy(update={"scores": dict(scores)})


class Bench:
    """One small target on disk."""

    def __init__(self, root: Path, files: Files) -> None:
        self.root = write(root, files)

    def dossier(self, **fields: Any) -> Dossier:
        return dossier_of(self.root, **fields)

    def draft(
        self, limit: int = 200, notes: str = "", mutations: bool = True, **fields: Any
    ) -> Drafts:
        dossier = dossier_of(self.root, notes, **fields)
        mind = ProgramAnalysis(mutations=mutations)
        findings = mind.diagnose(dossier)
        return mind.propose(dossier, findings, mind.hypothesize(dossier, findings), limit)

    def of(self, source: str, **fields: Any) -> tuple[Proposal, ...]:
        blind = not source.startswith("recipe:")
        drafts = self.draft(5000, mutations=blind, **fields)
        return tuple(p for p in drafts.proposals if p.source == source)

    def hypotheses(self, **fields: Any) -> tuple[Hypothesis, ...]:
        dossier, mind = dossier_of(self.root, **fields), ProgramAnalysis()
        return mind.hypothesize(dossier, mind.diagnose(dossier))

    def diagnose(self, **fields: Any) -> tuple[Finding, ...]:
        return ProgramAnalysis().diagnose(dossier_of(self.root, **fields))

    def repair(self, failure: Failure) -> Proposal | None:
        return ProgramAnalysis().repair(dossier_of(self.root), failure)

    def load(self, proposal: Proposal | None, path: str) -> ModuleType:
        """The module of a changed copy, imported afresh."""
        folder = self.root.parent / f"{self.root.name}-{proposal.id if proposal else 'base'}"
        if not folder.exists():
            for file in self.root.rglob("*"):
                if file.is_file():
                    write(folder, {file.relative_to(self.root).as_posix(): file.read_text()})
            for edit in proposal.edits if proposal else ():
                write(folder, {edit.path: edit.content or ""})
        known = set(sys.modules)
        sys.path.insert(0, str(folder))
        try:
            spec = importlib.util.spec_from_file_location(Path(path).stem, folder / path)
            assert spec is not None
            assert spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            sys.modules[Path(path).stem] = module
            spec.loader.exec_module(module)
        finally:
            sys.path.remove(str(folder))
            for name in set(sys.modules) - known:
                if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(folder)):
                    del sys.modules[name]
        return module


@pytest.fixture
def dossier() -> Callable[..., Dossier]:
    return dossier_of


@pytest.fixture
def bench(tmp_path: Path) -> Callable[[Files], Bench]:
    def make(files: Files) -> Bench:
        return Bench(tmp_path / "target", files)

    return make


class Campaign:
    """Greedy search: rounds of proposals, the best that gains is kept, evaluations are counted."""

    def __init__(self, root: Path, files: Files, notes: str = "") -> None:
        self.root, self.notes = root, notes
        self.files = dict(files)
        self.evaluations = 0
        self.kept: list[Proposal] = []
        self.tried: set[str] = set()
        self.failed: Counter[str] = Counter()

    def measure(self, files: Files) -> Sequence[dict[str, Any]]:
        self.evaluations += 1
        folder = write(self.root / f"run-{self.evaluations}", files)
        done = subprocess.run(
            [sys.executable, "evaluate.py"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=30,
            env=os.environ | {"PYTHONHASHSEED": "0"},
        )
        if done.returncode:
            return []
        rows: list[dict[str, Any]] = json.loads(done.stdout)
        return rows

    def run(self, budget: int, share: int = 15) -> tuple[float, float]:
        """First and last mean score; at most `budget` evaluations beside the first."""
        rows = self.measure(self.files)
        self.evaluations = 0
        first = best = mean(rows)
        while self.evaluations < budget:
            gains = self._round(rows, best, min(share, budget - self.evaluations))
            if gains is None:
                break
            base = dict(self.files)
            for _, proposal in sorted(gains, key=lambda g: -g[0]):
                merged = self._merged(proposal, base)
                if merged is None or self.evaluations >= budget:
                    continue
                after = self.measure(merged)
                if mean(after) > best + 1e-9:
                    self.files, rows, best = merged, after, mean(after)
                    self.kept.append(proposal)
        return first, best

    def _round(
        self, rows: Sequence[dict[str, Any]], best: float, share: int
    ) -> list[tuple[float, Proposal]] | None:
        root = write(self.root / f"base-{len(self.kept)}-{self.evaluations}", self.files)
        samples = tuple(
            Sample(
                item=str(i), group="g", question=r["question"], gold=r["gold"],
                prediction=r["prediction"], score=r["score"],
            )
            for i, r in enumerate(rows)
        )  # fmt: skip
        words = sorted(len(r["prediction"].split()) for r in rows)
        gold = sorted(len(r["gold"].split()) for r in rows)
        dossier = dossier_of(
            root, self.notes, samples=samples, tried=frozenset(self.tried),
            failures=FailureReport(
                slices=(), prediction_words=words[len(words) // 2], gold_words=gold[len(gold) // 2]
            ),
        )  # fmt: skip
        mind = ProgramAnalysis()
        findings = mind.diagnose(dossier)
        drafts = mind.propose(dossier, findings, mind.hypothesize(dossier, findings), 4 * share)
        ranked = sorted(drafts.proposals, key=lambda p: -p.priority / (1 + self.failed[p.title]))
        fresh = ranked[:share]
        if not fresh:
            return None
        gains = []
        for proposal in fresh:
            self.tried.add(proposal.edit_digest)
            merged = self._merged(proposal, self.files)
            gain = mean(self.measure(merged)) - best if merged else 0.0
            if gain > 1e-9:
                gains.append((gain, proposal))
            else:
                self.failed[proposal.title] += 1
        return gains

    def _merged(self, proposal: Proposal, base: Files) -> dict[str, str] | None:
        """The files as they are now with a proposal made against `base`; None on conflict."""
        merged = dict(self.files)
        for edit in proposal.edits:
            now, new = merged.get(edit.path, ""), edit.content or ""
            if now != new:
                text = merge(base.get(edit.path, ""), now, new)
                if text is None:
                    return None
                merged[edit.path] = text
        return merged


def merge(base: str, one: str, other: str) -> str | None:
    """A three-way merge by lines; None where both change the same lines."""
    lines = base.splitlines(keepends=True)
    changes = sorted({*_changes(lines, one), *_changes(lines, other)})
    merged: list[str] = []
    done = 0
    for start, end, new in changes:
        if start < done or (start == done and merged and start == end):
            return None
        merged += [*lines[done:start], *new]
        done = end
    return "".join([*merged, *lines[done:]])


def _changes(base: list[str], text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    new = text.splitlines(keepends=True)
    for tag, i, j, k, m in difflib.SequenceMatcher(None, base, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield i, j, tuple(new[k:m])


def mean(rows: Sequence[dict[str, Any]]) -> float:
    return sum(r["score"] for r in rows) / len(rows) if rows else -1.0


@pytest.fixture
def campaign(tmp_path: Path) -> Callable[..., Campaign]:
    def make(files: Files, notes: str = "") -> Campaign:
        return Campaign(tmp_path, files, notes)

    return make
