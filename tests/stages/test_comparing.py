"""Searches compared: grouped over seeds, paired on the same items, types beside all tuning."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.comparison import comparison_table
from flows.session import Request, new_run
from stages.arms import Budget, run_arm
from stages.comparing import compare_searches
from stages.credit import TYPE_ITEMS
from stages.engine import Engine
from stages.graph import PREPARATION
from stages.kept_arms import keep_arm
from stages.opening import open_sealed
from stages.run import Run
from tasks.errors import WhetstoneError
from tasks.ledger import StageMark
from tasks.records.attribution import Attribution
from tasks.records.comparison import TypeItems
from tasks.records.credit import CreditCost, CreditReport
from tasks.records.document import TypeCredit
from tasks.records.outputs import Baseline, Pin
from tasks.records.score import Evaluation
from tasks.report.comparison_page import render_comparison
from tests.stages.runs import needs_sandbox

pytestmark = needs_sandbox

CONTRACT = """\
name: knob
repository: {path: repo, snapshot: true}
editable: [knob.py, settings.yaml]
metric: {kind: command, command: ["{python}", knob.py]}
budget: {repeats: 3, sealed_openings: 6}
hyperparameters:
  - {file: settings.yaml, key: k, type: int, low: 1, high: 40}
"""
KNOB = """\
import os
def a(): return int(os.environ["WHETSTONE_SEED"]) % 3
def b(): return int(open("settings.yaml").read().split()[1])
def c(): return a() + b()
print(c())
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    """Studies of three seeds: two arms each."""
    folder = tmp_path_factory.mktemp("knobs")
    folder.chmod(0o755)
    (folder / "repo").mkdir()
    (folder / "repo" / "knob.py").write_text(KNOB)
    (folder / "repo" / "settings.yaml").write_text("k: 2\n")
    (folder / "contract.yaml").write_text(CONTRACT)
    return [studied(folder / "contract.yaml", seed) for seed in range(3)]


def studied(contract: Path, seed: int) -> Run:
    run = new_run(Request(str(contract), seed=seed, tracking=False, memory=False, kind="automl"))
    engine = Engine(run)
    for stage in PREPARATION[:4]:
        engine.execute(stage, 0)
    pin, baseline = engine.state["pin"], engine.state["baseline"]
    assert isinstance(pin, Pin)
    assert isinstance(baseline, Baseline)
    open_sealed(run, pin.base, "baseline")
    for name in ("declared", "luck"):
        arm = run_arm(run, pin, baseline, Budget(2, seconds=0.1), name, "random")
        keep_arm(run, arm, 1.0, 1.0, 2.0)
    return run


def credited(run: Run) -> None:
    """Gives a run credit for one type: sixty on every item."""
    baseline = run.stored(4, 0, Baseline)
    assert baseline is not None
    base = baseline.evaluation
    items = tuple(item.model_copy(update={"score": 60.0}) for item in base.items)
    earned: Evaluation = base.model_copy(update={"items": items})
    run.ledger.append(TYPE_ITEMS, TypeItems(change_type="bug_fix", items=earned))
    nothing = base.model_copy(
        update={"items": tuple(item.model_copy(update={"score": 0.0}) for item in base.items)}
    )
    cost = CreditCost(
        method="exact", budget=0, measured=0, evaluations=0, probes=0, orders=0, seconds=0
    )
    record = Attribution(
        contributions=(),
        by_type=(
            TypeCredit(
                change_type="bug_fix",
                changes=1,
                difference=run.difference(earned, nothing),
                shapley=run.difference(earned, nothing),
            ),
        ),
        full=earned,
        report=CreditReport(cost=cost),
    )
    mark = StageMark(number=22, name="s", round=0, seconds=0.0, output=record.digest, inputs={})
    run.ledger.store(mark, record)


def test_searches_are_grouped_by_name_over_their_seeds(runs: list[Run]) -> None:
    made = compare_searches(runs[0], runs[1:])
    assert [group.name for group in made.groups] == ["optuna random", "luck", "baseline"]
    assert all(group.seeds == (0, 1, 2) for group in made.groups)
    tuned = made.groups[0]
    assert tuned.by_passes[0].x == 0.0
    assert all(band.n == 3 and band.interval is not None for band in tuned.by_passes)
    means = [band.mean for band in tuned.by_passes]
    assert means == sorted(means)
    assert tuned.cost.passes >= 2
    assert not any("fewer than" in note or "random" in note for note in made.notes)
    assert any("fewer than 3 seeds" in note for note in compare_searches(runs[0], ()).notes)


def test_the_first_is_paired_with_the_others_on_the_sealed_split(runs: list[Run]) -> None:
    made = compare_searches(runs[0], runs[1:])
    against = {entry.other: entry for entry in made.against}["baseline"]
    assert against.seeds == (0, 1, 2)
    assert against.sealed is not None
    assert made.groups[0].sealed is not None
    assert made.groups[2].sealed is not None
    assert against.sealed.delta == pytest.approx(made.groups[0].sealed - made.groups[2].sealed)
    assert against.superiority is not None
    assert 0.5 <= against.superiority.score <= 1
    assert against.ahead <= 3


def test_a_type_is_told_from_all_tuning_on_the_same_items(runs: list[Run]) -> None:
    credited(runs[0])
    made = compare_searches(runs[0], runs[1:])
    (entry,) = made.types
    assert (entry.change_type, entry.tuner, entry.seed) == ("bug_fix", "optuna random", 0)
    assert entry.minus_tuning is not None
    assert entry.credit is not None
    assert entry.minus_tuning.delta == pytest.approx(entry.credit.delta - entry.tuning.delta)
    assert entry.beats == "yes"
    assert entry.shapley == entry.credit
    page = render_comparison(made)
    assert page.count("<svg") == 4
    assert "Bug fixes" in page
    assert "Shapley" in page
    comparison_table(made)


def test_other_data_or_another_target_is_refused(runs: list[Run]) -> None:
    other = runs[1]
    target = other.target
    other.target = target.model_copy(update={"name": "another"})
    try:
        with pytest.raises(WhetstoneError, match="different data"):
            compare_searches(runs[0], [other])
    finally:
        other.target = target
