"""The tuner inside a run: begins with what is known, proposes what was left, hears how it went."""

from __future__ import annotations

from pathlib import Path

import pytest

from stages.numbers import propose_numbers, tell_numbers
from stages.run import Run
from tasks.propose import Tuner
from tasks.records.knowledge import ExperienceEntry
from tasks.records.outputs import Repairs
from tasks.records.trial import Trial
from tests.stages.knob import CONTRACT
from tests.stages.runs import needs_sandbox, run_of

pytestmark = needs_sandbox


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo" / "knob.py").write_text("print(open('settings.yaml').read().split()[1])\n")
    (tmp_path / "repo" / "settings.yaml").write_text("k: 2\n")
    made = run_of(CONTRACT, tmp_path)
    made.round = 1
    return made


def tuner_of(run: Run) -> Tuner:
    (tuner,) = run.tuners.values()
    return tuner


def past(run: str, k: int, gain: float) -> ExperienceEntry:
    return ExperienceEntry(
        id=f"{run}-{k}", run=run, target="knob", tree="t", title="Set k", idea="Set k",
        change_type="hyperparameter", source="optuna:tpe", researcher="tuner", verdict="indecisive",
        reason="", delta=gain, edit_digest=str(k), settings={"settings.yaml:k": k},
    )  # fmt: skip


def known_values(tuner: Tuner) -> dict[object, float | None]:
    trials = tuner._study.get_trials(deepcopy=False)
    return {t.params["settings.yaml:k"]: t.value for t in trials if "known from" in t.user_attrs}


def test_it_begins_with_the_champion_and_with_earlier_runs(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = (past("r0", 30, 5.0), past("r0", 99, 9.0), past(run.id, 20, 4.0))
    monkeypatch.setattr(type(run.experience), "all", lambda self, target=None: entries)
    proposals = propose_numbers(run, run.workspace.base, 2)
    assert len(proposals) == 2
    assert all(edit.content != "k: 2\n" for p in proposals for edit in p.edits)
    known = known_values(tuner_of(run))
    assert known == {2: 2.0, 30: 7.0}, "the champion, and its score plus the gain of then"


def test_what_got_no_trial_is_proposed_again_and_what_did_is_told(run: Run) -> None:
    base = run.workspace.base
    first = propose_numbers(run, base, 2)
    reference = run.evaluator.evaluate(base, purpose="merge", seed=run.seed)
    done = Trial(
        candidate=first[0].id, state="complete", evaluation=reference, difference=None, share=1.0
    )
    left = Trial(candidate=first[1].id, state="not_run", evaluation=None, difference=None, share=0)
    tell_numbers(run, base, reference, Repairs(ready=()), [done, left])
    assert [value for _, value in tuner_of(run).told()] == [2.0]
    again = propose_numbers(run, base, 2)
    assert again[0].id == first[1].id
    assert first[0].id not in {p.id for p in again}
