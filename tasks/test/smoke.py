"""The smoke test: parse, a few items, then the target's own tests. Before trials."""

from __future__ import annotations

import ast
import json
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tasks.errors import PredictError
from tasks.records.candidate import Candidate, SmokeResult, SmokeStep
from tasks.records.change import Proposal
from tasks.records.score import Evaluation
from tasks.target import Target
from tasks.test.evaluator import Evaluator
from tasks.test.jobs import failed, run_job
from tasks.test.sandbox import Sandbox
from tasks.validate import FUTILE_ITEMS


@dataclass(frozen=True)
class Smoke:
    """Runs a candidate's checks in order of cost; `own_tests` says if the base passes its tests.

    `parent` is the evaluation on dev of what candidates are compared with, `telling` the items
    whose outcome a proposal is expected to change.
    """

    target: Target
    evaluator: Evaluator
    sandbox: Sandbox
    own_tests: bool
    seed: int
    parent: Evaluation
    telling: Callable[[Proposal], Collection[str]]

    def check(self, candidate: Candidate, parents: Sequence[str]) -> SmokeResult:
        """The step at which the candidate failed, or `passed`."""
        start = time.monotonic()
        step, output = self._steps(candidate, parents)
        return SmokeResult(
            candidate=candidate.id, step=step, output=output, seconds=time.monotonic() - start
        )

    def _steps(self, candidate: Candidate, parents: Sequence[str]) -> tuple[SmokeStep, str]:
        tree = self.evaluator.workspace.checkout(candidate.commit)
        for path in candidate.files:
            problem = parse_problem(tree / path)
            if problem:
                return "parse", problem
        if self.target.metric.kind == "predictions":
            try:
                first = self._first_items(candidate, parents)
            except PredictError as error:
                return "predict", error.cause
            if self._answers_as_before(first):
                return "idle", f"no answer changed on {len(first.items)} items"
        if self.own_tests:
            with self.evaluator.borrowed(candidate.commit, parents) as (_, cache):
                problem = run_own_tests(self.target, self.sandbox, tree, self.seed, cache)
            if problem:
                return "tests", problem
        return "passed", ""

    def _first_items(self, candidate: Candidate, parents: Sequence[str]) -> Evaluation:
        """What the search sees, telling items first, then small groups, to `FUTILE_ITEMS` items.

        The trial finds them in the cache.
        """
        by_group = self.evaluator.workload.search()
        order = sorted(by_group, key=lambda group: (len(by_group[group]), group))
        telling = self.telling(candidate.proposal)
        chosen = [i for group in order for i in by_group[group] if i.id in telling][:FUTILE_ITEMS]
        known = {item.id for item in chosen}
        for group in order:
            if len(chosen) >= FUTILE_ITEMS:
                break
            chosen += [item for item in by_group[group] if item.id not in known]
        return self.evaluator.evaluate(
            candidate.commit, purpose="probe", seed=self.seed, items=chosen, parents=parents
        )

    def _answers_as_before(self, first: Evaluation) -> bool:
        """Whether each item got the parent's prediction; with fewer than enough items, never."""
        before = {item.item: item.prediction for item in self.parent.items}
        same = all(before.get(item.item) == item.prediction for item in first.items)
        return same and len(first.items) >= FUTILE_ITEMS


def parse_problem(path: Path) -> str:
    """Why a changed file cannot be parsed; empty when it can, or when its kind is not known."""
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        if path.suffix == ".py":
            ast.parse(text)
        elif path.suffix in {".yaml", ".yml"}:
            yaml.safe_load(text)
        elif path.suffix == ".json":
            json.loads(text)
    except (SyntaxError, ValueError, yaml.YAMLError) as error:
        return f"{path.name} does not parse: {error}"
    return ""


def run_own_tests(
    target: Target, sandbox: Sandbox, tree: Path, seed: int, cache: Path | None = None
) -> str:
    """The end of the output of the target's own tests where they fail; empty when they pass."""
    if target.tests is None:
        return ""
    outcome = run_job(
        target,
        sandbox,
        target.tests.command,
        tree=tree,
        seed=seed,
        cache=cache,
        seconds=target.tests.seconds,
        check=False,
    )
    if outcome.ok:
        return ""
    if outcome.killed:
        return failed(target.tests.command, outcome, target).cause
    return (outcome.stdout + outcome.stderr).strip()[-3000:]
