"""The probes of a test suite: the same tests under another hash seed, and in the opposite order."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Mapping, Sequence

from stages.run import Run
from tasks.diagnose.probes import REVERSED, guest_folder
from tasks.diagnose.probes.determinism import HASH_SEED
from tasks.errors import PredictError
from tasks.ledger import Spending
from tasks.records.evidence import ProbeExample, ProbeResult
from tasks.test import Invocation, PytestSuite
from tasks.test.junit import outcome_of

EXAMPLES = 5


def suite_probes(run: Run, commit: str) -> tuple[ProbeResult, ...]:
    """Which development tests come out otherwise; those of the sealed split are not looked at."""
    before = run.evaluator.evaluate(commit, purpose="probe", seed=run.seed)
    known = {entry.item: outcome_of(entry.prediction) for entry in before.items}
    path = os.pathsep.join(
        part
        for part in (
            str(guest_folder()), run.target.environment.variables.get("PYTHONPATH", ""),
        )
        if part
    )  # fmt: skip
    options = run.target.environment.variables.get("PYTEST_ADDOPTS", "")
    probes: dict[str, tuple[str, Mapping[str, str]]] = {
        "determinism": (
            "the suite is run again under another hash seed", {"PYTHONHASHSEED": HASH_SEED},
        ),
        "item order": (
            "tests are run in the opposite order",
            {"PYTHONPATH": path, "PYTEST_ADDOPTS": f"{options} -p {REVERSED}".strip()},
        ),
    }  # fmt: skip
    return tuple(
        _probed(run, commit, relation, what, environment, known)
        for relation, (what, environment) in probes.items()
    )


def _probed(
    run: Run,
    commit: str,
    relation: str,
    what: str,
    environment: Mapping[str, str],
    known: Mapping[str, str],
) -> ProbeResult:
    began = time.monotonic()
    try:
        results = _results(run, commit, list(known), environment)
    except PredictError as error:
        reason = error.cause.splitlines()[0][:200]
        run.degrade(f"the probe '{relation}' failed: {reason}", "less evidence")
        return ProbeResult(relation=relation, what=what, reason=reason)
    seconds = time.monotonic() - began
    run.ledger.append(
        "spending",
        Spending(
            purpose="probe", tree=run.workspace.tree_of(commit), split="dev", seed=run.seed,
            items=len(known), share=1.0, seconds=seconds, cached=False, at=time.time(),
        ),
    )  # fmt: skip
    after = {item: results.get(item, "missing") for item in known}
    violated = sorted(item for item in known if after[item] != known[item])
    return ProbeResult(
        relation=relation, what=what, items=len(known), violations=tuple(violated),
        examples=tuple(
            ProbeExample(item=item, expected=known[item], found=after[item])
            for item in violated[:EXAMPLES]
        ),
        seconds=seconds,
    )  # fmt: skip


def _results(
    run: Run, commit: str, tests: Sequence[str], environment: Mapping[str, str]
) -> Mapping[str, str]:
    """Test to outcome under other conditions, of these tests only. Raises PredictError."""
    assert isinstance(run.measurement, PytestSuite)
    extra = Invocation(environment=environment, readable=(guest_folder(),))
    suite = dataclasses.replace(run.measurement, extra=extra)
    with run.evaluator.borrowed(commit, [run.workspace.base]) as (scratch, cache):
        tree = run.workspace.checkout(commit)
        _, results = suite.results(tree, tests, run.seed, cache, scratch)
    return {test: result.outcome for test, result in results.items()}
