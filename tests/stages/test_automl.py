"""The AutoML arm says of each evaluation which it is, what it scored, and what is best so far."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

from stages.automl import run_automl
from stages.observe import measure_baseline
from stages.progress import Silent
from tasks.records.outputs import Pin
from tests.stages.runs import needs_sandbox, run_of

pytestmark = needs_sandbox

CONTRACT = """\
name: knob
repository: {path: repo, snapshot: true}
editable: [knob.py, settings.yaml]
metric: {kind: command, command: ["{python}", knob.py]}
budget: {repeats: 2}
hyperparameters:
  - {file: settings.yaml, key: k, type: int, low: 1, high: 9}
"""


class Heard(Silent):
    """Keeps what is said of trials."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, str]] = []

    def trial_finished(self, title: str, state: str, delta: str) -> None:
        self.lines.append((title, state, delta))


def test_every_evaluation_is_told_with_score_and_best(tmp_path: Path) -> None:
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo" / "knob.py").write_text("print(open('settings.yaml').read().split()[1])\n")
    (tmp_path / "repo" / "settings.yaml").write_text("k: 2\n")
    run = run_of(CONTRACT, tmp_path)
    heard = run.progress = Heard()
    pin = Pin(
        source="", base=run.workspace.base, tree="", protected={}, packages={}, environment="",
        python="", sandbox="",
    )  # fmt: skip
    baseline = measure_baseline(run, cast(Any, None), pin)
    arm = run_automl(run, pin, baseline, 3)
    assert [title for title, _, _ in heard.lines] == [f"automl {n}" for n in range(3)]
    told = [re.match(r"score ([\d.]+), .*best ([\d.]+)$", words) for _, _, words in heard.lines]
    scores = [float(found[1]) for found in told if found]
    assert len(scores) == 3
    bests = [float(found[2]) for found in told if found]
    assert bests == [max(2.0, *scores[: n + 1]) for n in range(3)]
    assert arm.dev is not None
    assert bests[-1] == arm.dev.mean
