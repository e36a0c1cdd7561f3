"""The tuner: proposes within the space, resumes as if it had never stopped, forgets nothing."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tasks.errors import ContractError, WhetstoneError
from tasks.hyperparameters import Choice, FloatRange, Hyperparameter, IntegerRange, Scalar
from tasks.propose import STEP, StudyPlace, Tuner

KNOBS: tuple[Hyperparameter, ...] = (
    IntegerRange(type="int", file="s.yaml", key="a.k", low=1, high=20),
    FloatRange(type="float", file="s.yaml", key="w", low=0.01, high=1, log=True),
    Choice(type="choice", file="s.yaml", key="mode", values=("x", "y")),
)
START: dict[str, Scalar] = {"s.yaml:a.k": 3, "s.yaml:w": 0.5, "s.yaml:mode": "x"}


def open_tuner(storage: Path, sampler: str = "tpe", seed: int = 1) -> Tuner:
    return Tuner(
        KNOBS, sampler=sampler, seed=seed, place=StudyPlace(storage, "s"), direction="maximize",
        start=START,
    )  # fmt: skip


def score(values: Mapping[str, Scalar]) -> float:
    k, w = float(values["s.yaml:a.k"]), float(values["s.yaml:w"])
    return -abs(k - 15) / 20 + w + (values["s.yaml:mode"] == "y")


def spend(tuner: Tuner, count: int) -> list[Mapping[str, Scalar]]:
    made = []
    for _ in range(count):
        assignment = tuner.ask()
        tuner.tell(assignment, score(assignment.values))
        made.append(assignment.values)
    return made


def test_what_is_known_is_a_trial_that_was_not_asked_for(tmp_path: Path) -> None:
    tuner = open_tuner(tmp_path / "home" / "optuna.db")
    assert tuner.know(START, 0.4, "baseline")
    assert tuner.know(START, 0.9, "again")
    assert tuner.asked() == 0
    assert tuner.told() == ()
    assert tuner.ask().number == 1
    again = open_tuner(tmp_path / "home" / "optuna.db")
    assert again.asked() == 1
    assert [assignment.number for assignment in again.pending()] == [1]


def test_what_is_known_moves_the_search(tmp_path: Path) -> None:
    informed, blank = open_tuner(tmp_path / "i.log"), open_tuner(tmp_path / "b.log")
    for number in range(24):
        values: dict[str, Scalar] = {
            "s.yaml:a.k": 1 + 5 * number % 20,
            "s.yaml:w": (0.02, 0.3, 0.9)[number % 3],
            "s.yaml:mode": "xy"[number // 2 % 2],
        }
        informed.know(values, score(values), "an earlier run")
    assert sum(map(score, spend(informed, 8))) > sum(map(score, spend(blank, 8)))


def test_near_a_setting_a_few_knobs_move_and_all_get_their_turn(tmp_path: Path) -> None:
    knobs = tuple(
        FloatRange(type="float", file="s.yaml", key=f"k{i}", low=0.0, high=1.0) for i in range(8)
    )
    tuner = Tuner(
        knobs, sampler="tpe", seed=4, place=StudyPlace(tmp_path / "o.db", "s"),
        direction="maximize",
    )  # fmt: skip
    start: dict[str, Scalar] = {f"s.yaml:k{i}": 0.5 for i in range(8)}
    moved = []
    for _ in range(6):
        assignment = tuner.ask(near=start)
        tuner.tell(assignment, 0.0)
        moved.append({name for name, value in assignment.values.items() if value != 0.5})
    assert all(1 <= len(names) <= STEP for names in moved)
    assert set().union(*moved) == set(start)
    many = tuner.ask(near=start, moving=6).values
    assert sum(value != 0.5 for value in many.values()) == 6


@pytest.mark.parametrize("sampler", ["tpe", "random"])
def test_a_resumed_study_proposes_what_an_unbroken_one_would(tmp_path: Path, sampler: str) -> None:
    whole = spend(open_tuner(tmp_path / "whole.log", sampler), 16)
    parts = [v for _ in range(4) for v in spend(open_tuner(tmp_path / "parts.db", sampler), 4)]
    assert parts == whole
    assert len({tuple(v.values()) for v in whole}) == 16
    assert spend(open_tuner(tmp_path / "other.log", sampler, seed=2), 16) != whole


def test_proposals_stay_in_the_declared_space(tmp_path: Path) -> None:
    for values in spend(open_tuner(tmp_path / "s.log", "random"), 40):
        assert values["s.yaml:a.k"] in range(1, 21)
        assert 0.01 <= float(values["s.yaml:w"]) <= 1
        assert values["s.yaml:mode"] in ("x", "y")


def test_search_beats_its_start(tmp_path: Path) -> None:
    made = spend(open_tuner(tmp_path / "s.log"), 40)
    assert max(map(score, made[10:])) > max(map(score, made[:10]))


def test_the_gaussian_process_proposes(tmp_path: Path) -> None:
    assert len(spend(open_tuner(tmp_path / "s.log", "gp"), 11)) == 11


def test_cma_es_moves_numbers_and_leaves_choices_to_tpe(tmp_path: Path) -> None:
    tuner = open_tuner(tmp_path / "s.log", "cmaes")
    tuner.know(START, score(START), "baseline")
    made = spend(tuner, 30)
    assert tuner.division == "CMA-ES moved the 2 numeric knobs; TPE drew the 1 choices"
    assert {values["s.yaml:mode"] for values in made} == {"x", "y"}
    near = [abs(float(values["s.yaml:a.k"]) - 3) for values in made[:6]]
    assert sum(near) / 6 < 6, "its first mean is where the search starts"
    assert max(map(score, made[15:])) > score(START)


def test_values_outside_the_space_are_not_known(tmp_path: Path) -> None:
    tuner = open_tuner(tmp_path / "s.log")
    assert not tuner.know({**START, "s.yaml:a.k": 99}, 0.1, "elsewhere")
    assert not tuner.know({**START, "s.yaml:mode": "z"}, 0.1, "elsewhere")
    assert not tuner.know({"s.yaml:a.k": 4}, 0.1, "elsewhere")
    assert tuner.ask().number == 0


def test_failures_and_kills_are_remembered(tmp_path: Path) -> None:
    tuner = open_tuner(tmp_path / "s.db")
    failed, good, lost = tuner.ask(), tuner.ask(), tuner.ask()
    tuner.tell(failed, None)
    tuner.tell(good, 0.5)
    tuner.tell(good, 0.9)
    again = open_tuner(tmp_path / "s.db")
    assert again.told() == ((failed, None), (good, 0.5))
    assert again.pending() == (lost,)
    again.tell(lost, 0.1)
    assert again.pending() == ()
    assert again.ask().number == 3


def test_what_cannot_be_tuned_is_explained(tmp_path: Path) -> None:
    def opened(knobs: tuple[Hyperparameter, ...], sampler: str = "tpe") -> Tuner:
        return Tuner(
            knobs,
            sampler=sampler,
            seed=0,
            place=StudyPlace(tmp_path / "s.log", "s"),
            direction="maximize",
        )

    with pytest.raises(ContractError, match="no hyperparameters"):
        opened(())
    with pytest.raises(WhetstoneError, match="no sampler 'magic'"):
        opened(KNOBS, "magic")


def test_cma_es_without_its_package_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cmaes", None)
    with pytest.raises(WhetstoneError, match="cmaes") as caught:
        open_tuner(tmp_path / "s.log", "cmaes")
    assert "pip install cmaes" in caught.value.cure
