"""The lab of a run: probes in the sandbox, memory by meaning, and a place to state failures."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from stages.run import Run
from tasks.errors import PredictError
from tasks.ledger import Spending
from tasks.patch import EditError
from tasks.records.base import digest_of
from tasks.records.change import FileEdit
from tasks.records.knowledge import ExperienceHit
from tasks.records.lab import Answered
from tasks.target import Target
from tasks.test.jobs import run_job
from tasks.test.predictions import write_input
from tasks.test.sandbox import discard
from tasks.test.withheld import withhold

PROBE_SECONDS = 30.0
LONGEST_CODE = 8_000
LONGEST_OUTPUT = 4_000
INPUT_ITEMS = 20
SCORED_A_ROUND = 4
"""Sets of edits that a researcher may have scored while it thinks."""
RELEVANT = 0.3
"""Cosine of two ideas' embeddings below which a memory has nothing to say."""


@dataclass(frozen=True)
class RunLab:
    """Bound to one commit; `shown` is its tree without held-out tests. See Lab."""

    run: Run
    commit: str
    shown: Path
    scored: set[str] = field(default_factory=set)

    def probe(self, code: str) -> str:
        """See Lab.probe. Questions of development items lie in the folder WHETSTONE_INPUT."""
        if len(code) > LONGEST_CODE:
            return f"not run: the code has more than {LONGEST_CODE} characters"
        run, began = self.run, time.monotonic()
        with run.evaluator.borrowed(self.commit, [run.workspace.base]) as (scratch, cache):
            questions = self._questions(scratch)
            outcome = run_job(
                run.target,
                run.sandbox,
                ("{python}", "-c", code),
                tree=self.shown,
                seed=run.seed,
                cache=cache,
                readable=questions,
                environment={"WHETSTONE_INPUT": str(questions[0])} if questions else {},
                seconds=PROBE_SECONDS,
                check=False,
            )
        self._spent(time.monotonic() - began)
        output = f"{outcome.stdout}{outcome.stderr}".strip()[-LONGEST_OUTPUT:]
        if outcome.killed:
            return f"{output}\nstopped: it exceeded its {outcome.killed} limit".strip()
        ended = f"ended with status {outcome.returncode}" if outcome.returncode else ""
        return "\n".join(part for part in (output, ended) if part) or "it printed nothing"

    def score(
        self, edits: tuple[FileEdit, ...], items: tuple[str, ...]
    ) -> Mapping[str, Answered] | None:
        """See Lab.score. Half of a run's experiments are kept for trials."""
        run = self.run
        name = f"scored-{digest_of([self.commit, [e.model_dump() for e in edits]])[:12]}"
        if name not in self.scored:
            left = run.remaining() > run.experiments // 2
            if not left or len(self.scored) >= SCORED_A_ROUND:
                return None
            self.scored.add(name)
        try:
            commit = run.workspace.commit(
                self.commit, edits, "Try other prompts", {"Whetstone-Run": run.id}, name
            )
            search = [item for group in run.workload.search().values() for item in group]
            evaluation = run.evaluator.evaluate(
                commit, purpose="trial", seed=run.seed, parents=[self.commit, run.workspace.base],
                items=[item for item in search if item.id in items],
            )  # fmt: skip
        except (EditError, PredictError):
            return {}
        return {e.item: Answered(e.prediction, e.score) for e in evaluation.items}

    def recall(self, idea: str, count: int) -> tuple[ExperienceHit, ...]:
        """See Lab.recall."""
        if not self.run.settings.memory:
            return ()
        hits = self.run.experience.recall(idea, count)
        return tuple(hit for hit in hits if hit.similarity >= RELEVANT)

    def degrade(self, what: str, effect: str) -> None:
        """See Lab.degrade."""
        self.run.degrade(what, effect)

    def _questions(self, scratch: Path) -> tuple[Path, ...]:
        """Some questions as the target gets them, never gold; nothing for other kinds."""
        benchmark = self.run.benchmark
        if benchmark is None:
            return ()
        chosen = {item.id for item in self.run.workload.smallest_group()[:INPUT_ITEMS]}
        write_input(scratch / "input", [i for i in benchmark.items if i.id in chosen], benchmark)
        return (scratch / "input",)

    def _spent(self, seconds: float) -> None:
        run = self.run
        run.ledger.append(
            "spending",
            Spending(
                purpose="probe", tree=run.workspace.tree_of(self.commit), split="dev",
                seed=run.seed, items=0, share=0.0, seconds=seconds, cached=False, at=time.time(),
            ),
        )  # fmt: skip


def shown_tree(run: Run, commit: str) -> Path | None:
    """A copy of a commit's tree without held-out tests and gold; None where it holds neither."""
    sealed = frozenset(run.workload.sealed) if run.suite is not None else frozenset()
    gold = gold_inside(run.target)
    if not sealed and gold is None:
        return None
    folder = run.folder / "shown" / run.workspace.tree_of(commit)[:16]
    if not folder.is_dir():
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(
            run.workspace.checkout(commit), part, symlinks=True,
            ignore=shutil.ignore_patterns(".git", "__pycache__"),
        )  # fmt: skip
        withhold(part, sealed)
        if gold is not None:
            discard(part / gold)
        part.rename(folder)
    return folder


def gold_inside(target: Target) -> PurePosixPath | None:
    """Where the items with their gold lie in the target's own repository, if they do."""
    if target.data is None or target.data.path is None or target.repository.path is None:
        return None
    root = (target.folder / target.repository.path).resolve()
    data = (target.folder / target.data.path).resolve()
    inside = data.is_relative_to(root) and data != root
    return PurePosixPath(data.relative_to(root).as_posix()) if inside else None
