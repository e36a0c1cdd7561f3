"""Every arm on a small generated system: it spends its budget, finds what is there, and goes on."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from stages.arms import Budget, run_arm
from stages.kept_arms import arm_record, keep_arm
from stages.observe import measure_baseline
from stages.progress import Silent
from stages.run import Run
from stages.standings import arm_entry
from tasks.records.attribution import ArmTrial, AutomlArm
from tasks.records.cost import Cost
from tasks.records.outputs import Baseline, Goal, Pin
from tasks.report.arm_ending import short_of
from tests.stages.runs import needs_sandbox, run_of

pytestmark = needs_sandbox

CONTRACT = """\
name: knob
repository: {path: repo, snapshot: true}
editable: [knob.py, settings.yaml]
protected: [score.py]
metric: {kind: command, command: ["{python}", score.py]}
budget: {repeats: 2, sealed_openings: 6}
hyperparameters:
  - {file: settings.yaml, key: k, type: int, low: 1, high: 40}
"""
SCORE = """\
import knob
print(knob.score(int(open('settings.yaml').read().split()[1])))
"""
KNOB = '''\
"""A score with two settings in the code, one of them wrong, and a wrong comparison."""

WIDTH = 2
STRICT = False


def score(k):
    total = min(k, 30)
    for step in range(WIDTH):
        total += step
    if STRICT:
        total += 50
    return total
'''
NOISY = "import os\nprint(int(os.environ['WHETSTONE_SEED']) % 7)\n"


class Heard(Silent):
    """Keeps what is said of trials."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, str]] = []

    def trial_finished(self, title: str, state: str, delta: str) -> None:
        self.lines.append((title, state, delta))


def begun(folder: Path, score: str = SCORE) -> tuple[Run, Pin, Baseline]:
    """A run with its baseline, on the small system."""
    (folder / "repo").mkdir(exist_ok=True)
    for name, text in {"score.py": score, "knob.py": KNOB, "settings.yaml": "k: 2\n"}.items():
        (folder / "repo" / name).write_text(text)
    run = run_of(CONTRACT, folder)
    pin = Pin(
        source="", base=run.workspace.base, tree="", protected={}, packages={}, environment="",
        python="", sandbox="",
    )  # fmt: skip
    goal = Goal.model_construct()
    return run, pin, measure_baseline(run, goal, pin)


@pytest.fixture
def arm_of(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Runs one arm in a folder of its own."""

    def made(arm: str, passes: float = 6, score: str = SCORE, sampler: str = "tpe") -> AutomlArm:
        run, pin, baseline = begun(tmp_path, score)
        return run_arm(run, pin, baseline, Budget(passes), arm, sampler)

    return made


def test_every_evaluation_is_told_with_score_and_best(tmp_path: Path) -> None:
    run, pin, baseline = begun(tmp_path)
    heard = run.progress = Heard()
    arm = run_arm(run, pin, baseline, Budget(4))
    count = len(heard.lines)
    assert [title for title, _, _ in heard.lines] == [f"declared {n + 1}" for n in range(count)]
    assert arm.evaluations == 4 <= count, "a setting that is known already costs nothing"
    told = [re.match(r"score ([\d.]+), .*best ([\d.]+)$", words) for _, _, words in heard.lines]
    scores = [float(found[1]) for found in told if found]
    assert len(scores) == count
    bests = [float(found[2]) for found in told if found]
    assert bests == [max(3.0, *scores[: n + 1]) for n in range(count)]
    assert arm.dev is not None
    assert bests[-1] == arm.dev.mean
    assert arm.sealed is not None


def test_a_sampler_that_cannot_draw_every_knob_says_so(arm_of) -> None:  # type: ignore[no-untyped-def]
    arm = arm_of("declared", 2, sampler="cmaes")
    assert arm.evaluations == 2
    assert "TPE drew every knob" in arm.note


def test_literals_are_settings_too(arm_of) -> None:  # type: ignore[no-untyped-def]
    arm = arm_of("literals", 12)
    assert arm.dev is not None
    assert arm.dev.mean > 31, "more than the declared knob alone can give"
    assert "literals and declared knobs" in arm.note
    assert all(":" in name for name in arm.parameters)
    assert not any(name.startswith("score.py") for name in arm.parameters)


def test_blind_edits_keep_what_is_better(arm_of) -> None:  # type: ignore[no-untyped-def]
    arm = arm_of("random_edits", 24)
    assert arm.dev is not None
    assert arm.evaluations > 0
    assert arm.dev.mean > 3
    assert all(name.startswith("edit ") for name in arm.parameters)
    bests = [point.best for point in arm.curve]
    assert bests == sorted(bests)


def test_luck_has_the_best_seed_and_stops_where_there_is_none(tmp_path: Path) -> None:
    run, pin, baseline = begun(tmp_path)
    steady = run_arm(run, pin, baseline, Budget(20), "luck")
    assert steady.evaluations < 20
    assert "luck gives it nothing" in steady.note
    shutil.rmtree(tmp_path / "home")
    run, pin, baseline = begun(tmp_path, NOISY)
    lucky = run_arm(run, pin, baseline, Budget(4), "luck")
    assert lucky.evaluations == 4
    assert lucky.dev is not None
    assert lucky.dev.mean >= baseline.evaluation.mean
    assert lucky.commit == pin.base
    assert lucky.sealed is not None
    assert lucky.sealed.seed == lucky.dev.seed


def test_both_budgets_have_their_own_end(tmp_path: Path) -> None:
    run, pin, baseline = begun(tmp_path)
    arm = run_arm(run, pin, baseline, Budget(2, seconds=1e6), "luck")
    assert arm.at_compute is not None
    assert arm.evaluations == 2
    assert arm.at_compute.cost.passes > 2
    assert arm.cost.seconds > 0
    assert arm.cost.cpu_seconds > 0


@pytest.mark.parametrize(
    ("passes", "seconds", "left"),
    [
        (3.0, 1.0, True),  # equal evaluations are not reached
        (4.0, 7.0, True),  # at this price ten seconds are within six passes
        (4.0, 6.0, False),  # at this price they are not
        (5.9, 9.9, True),
        (6.0, 9.9, False),
        (4.0, 10.0, False),
    ],
)
def test_equal_compute_is_gone_for_where_the_bound_lets_it_be_reached(
    passes: float, seconds: float, left: bool
) -> None:
    budget = Budget(4, seconds=10, most=6)
    spent = Cost(passes=passes, seconds=seconds)
    assert budget.left(spent) is left
    assert budget.stops(spent) is (not left and seconds < 10)


def test_equal_compute_ends_at_a_bound_and_says_so(tmp_path: Path) -> None:
    run, pin, baseline = begun(tmp_path, NOISY)
    arm = run_arm(run, pin, baseline, Budget(4, seconds=1e6, most=6), "luck")
    assert arm.at_compute is not None
    assert arm.evaluations == 4, "equal evaluations are not bounded"
    assert arm.cost.passes == arm.at_compute.cost.passes == 4, "a million seconds are out of reach"
    assert "ended at 1.0 times its evaluations" in arm.note
    assert "of 1000000 seconds" in arm.note
    entry = arm_entry(run, arm, baseline, {})
    assert entry.compute_share is not None
    assert entry.compute_share == arm.at_compute.cost.seconds / 1e6
    assert short_of(entry) == " (at 0% of it)"


def test_a_bound_that_is_not_met_changes_nothing(tmp_path: Path) -> None:
    run, pin, baseline = begun(tmp_path, NOISY)
    arm = run_arm(run, pin, baseline, Budget(2, seconds=1e-3, most=3), "luck")
    assert arm.cost.passes == 2
    assert arm.at_compute is not None
    assert arm.at_compute.cost.passes == 0, "its first trial came after the seconds"
    assert "times its evaluations" not in arm.note


@pytest.mark.parametrize("arm", ["declared", "random_edits"])
def test_an_interrupted_arm_goes_on_as_an_unbroken_one(tmp_path: Path, arm: str) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "parts").mkdir()
    run, pin, baseline = begun(tmp_path / "whole")
    whole = run_arm(run, pin, baseline, Budget(6), arm)
    run, pin, baseline = begun(tmp_path / "parts")
    run_arm(run, pin, baseline, Budget(2), arm)
    done = list(run.ledger.read(f"arm-{arm}", ArmTrial))
    run, pin, baseline = begun(tmp_path / "parts")
    parts = run_arm(run, pin, baseline, Budget(6), arm)
    assert list(run.ledger.read(f"arm-{arm}", ArmTrial))[: len(done)] == done
    assert [p.best for p in parts.curve] == [p.best for p in whole.curve]
    assert parts.parameters == whole.parameters
    keep_arm(run, parts, 1.0, 1.0, 2.0)
    assert arm_record(run, arm) == parts


def test_an_arm_with_nothing_to_tune_says_so(tmp_path: Path) -> None:
    run, pin, baseline = begun(tmp_path)
    run.target = run.target.model_copy(update={"hyperparameters": ()})
    arm = run_arm(run, pin, baseline, Budget(4))
    assert arm.evaluations == 0
    assert "nothing to tune" in arm.note
