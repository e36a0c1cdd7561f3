"""The tuner's part of a round: whole at first, halved while it earns nothing, never gone."""

from __future__ import annotations

from pathlib import Path

from stages.run import Run
from stages.tuner_share import tuner_trials
from tasks.ledger import StageMark
from tasks.records.base import Record
from tasks.records.candidate import Candidate
from tasks.records.change import TUNER, Proposal
from tasks.records.outputs import Allocation, Candidates, Decision
from tasks.records.trial import Verdict
from tests.stages.knob import CONTRACT
from tests.stages.runs import needs_sandbox, run_of

pytestmark = needs_sandbox


def play(run: Run, trials: int, verdict: str = "indecisive") -> None:
    """A finished round in which the tuner had so many trials, all with one verdict."""
    proposal = Proposal(
        id=f"p{run.round}", title="Set k 1 -> 2", rationale="", change_type="hyperparameter",
        base="b", edits=(), source=TUNER, researcher="tuner",
    )  # fmt: skip
    candidate = Candidate(
        id=proposal.id, proposal=proposal, parent="b", commit="c", tree="t", branch="", diff="",
        files=(),
    )  # fmt: skip
    ruled = Verdict.model_validate({"candidate": proposal.id, "verdict": verdict, "reason": ""})
    keep(run, 14, Allocation(selected=(), deferred=(), tuner_trials=trials, remaining=9, reason=""))
    keep(run, 15, Candidates(candidates=(candidate,) if trials else ()))
    keep(
        run, 21,
        Decision(champion="b", action="pivot", next_stage="next_round", reason="",
                 verdicts=(ruled,) if trials else ()),
    )  # fmt: skip
    run.round += 1


def keep(run: Run, number: int, record: Record) -> None:
    mark = StageMark(
        number=number, name="s", round=run.round, seconds=0.0, output=record.digest, inputs={}
    )
    run.ledger.store(mark, record)


def played(run: Run, rounds: int, share: int = 12) -> list[int]:
    """What the tuner gets, round by round, while nothing that it tries is accepted."""
    given = []
    for _ in range(rounds):
        given.append(tuner_trials(run, share))
        play(run, given[-1])
    return given


def test_it_shrinks_to_one_trial_in_four_rounds_and_stays_there(tmp_path: Path) -> None:
    run = run_of(CONTRACT, tmp_path)
    run.round = 1
    assert played(run, 13) == [2, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0]


def test_an_accepted_setting_brings_the_whole_part_back(tmp_path: Path) -> None:
    run = run_of(CONTRACT, tmp_path)
    run.round = 1
    assert played(run, 3) == [2, 1, 0]
    play(run, 1, "accepted")
    assert tuner_trials(run, 12) == 2


def test_a_large_part_shrinks_by_halves(tmp_path: Path) -> None:
    run = run_of(CONTRACT, tmp_path)
    run.round = 1
    assert played(run, 4, share=40) == [6, 3, 2, 1]


def test_without_knobs_it_gets_nothing(tmp_path: Path) -> None:
    run = run_of(CONTRACT, tmp_path)
    run.target = run.target.model_copy(update={"hyperparameters": ()})
    assert tuner_trials(run, 12) == 0
