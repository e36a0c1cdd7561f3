"""Replay measures the base again, writes nothing to the run, and tells what moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.replaying import replay_table
from flows.session import recorded, stored_run
from stages.engine import Engine
from stages.graph import PREPARATION
from stages.replay import Replay, Replayed, replay
from stages.run import Run
from tasks.errors import WhetstoneError
from tasks.records.outputs import Baseline
from tasks.test.sandbox import choose
from tests.stages.runs import needs_sandbox, new_run_of

TESTS = """from double import double

def test_one():
    assert double(1) == 2

def test_two():
    assert double(2) == 4

def test_three():
    assert double(3) == 6

def test_four():
    assert double(4) == 8
"""
NAMES = [f'"tests.test_double::test_{n}"' for n in ("one", "two", "three", "four")]
CONTRACT = """
name: double
repository: {path: tree, snapshot: true}
editable: ["*.py"]
protected: [tests/**]
metric: {kind: pytest, command: ["{python}", -m, pytest, -q, -p, "no:cacheprovider", tests]}
splits: {dev: [DEV], sealed: [SEALED]}
limits: {seconds: 60}
budget: {experiments: 2, minutes: 5, sealed_openings: 4, repeats: 2}
""".replace("DEV", ", ".join(NAMES[:2])).replace("SEALED", ", ".join(NAMES[2:]))


def begun(folder: Path) -> Run:
    """A run up to its baseline."""
    (folder / "tree" / "tests").mkdir(parents=True)
    folder.chmod(0o755)
    (folder / "tree" / "double.py").write_text(
        "def double(x):\n    return twice(x, 2)\n\n\ndef twice(x, n):\n    return x * n\n"
    )
    (folder / "tree" / "tests" / "test_double.py").write_text(TESTS)
    contract = folder / "target.yaml"
    contract.write_text(CONTRACT)
    run = new_run_of(contract)
    engine = Engine(run)
    with recorded(run):
        for stage in PREPARATION:
            if stage.number <= 4:
                engine.execute(stage, 0)
    past = stored_run(run.home, run.id)
    past.sandbox = choose()
    return past


def files_of(folder: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.slow
@needs_sandbox
def test_a_run_comes_out_again_and_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(tmp_path / "target")
    before = files_of(run.folder)
    scratch = tmp_path / "scratch"
    scratch.mkdir(mode=0o755)
    tmp_path.chmod(0o755)
    again = replay(run, scratch)
    assert [(t.name, t.recorded, t.again, t.moved, t.n) for t in again.trees] == [
        ("base", 1.0, 1.0, 0, 2)
    ]
    assert again.agrees
    after = files_of(run.folder)
    assert {p for p in after if after[p] != before.get(p)} == set()

    baseline = run.stored(4, 0, Baseline)
    assert baseline is not None
    first, second = baseline.evaluation.items
    altered = first.model_copy(update={"score": 0.0})
    claimed = baseline.model_copy(
        update={"evaluation": baseline.evaluation.model_copy(update={"items": (altered, second)})}
    )
    stored = run.stored
    monkeypatch.setattr(
        run, "stored", lambda n, r, schema: claimed if schema is Baseline else stored(n, r, schema)
    )
    forged = replay(run, scratch / "forged")
    assert not forged.agrees
    assert forged.trees[0].moved == 1


def test_a_noisy_target_may_move_and_the_table_says_so() -> None:
    tree = Replayed(name="champion", commit="c" * 40, recorded=0.5, again=0.6, moved=2, n=9)
    assert not Replay(run="r", trees=(tree,), noisy=0).agrees
    noisy = Replay(run="r", trees=(tree,), noisy=3)
    assert noisy.agrees
    assert replay_table(noisy) is not None


@needs_sandbox
def test_without_a_baseline_there_is_nothing_to_replay(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "tree" / "tests").mkdir(parents=True)
    (tmp_path / "tree" / "double.py").write_text("x = 1\n")
    (tmp_path / "target.yaml").write_text(CONTRACT)
    run = new_run_of(tmp_path / "target.yaml")
    with pytest.raises(WhetstoneError, match="no baseline yet"):
        replay(run, tmp_path / "scratch")
