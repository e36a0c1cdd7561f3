"""The engine: contracts are enforced, finished stages are not done again, altered ones are."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from stages.briefing import Briefing
from stages.engine import Engine
from stages.graph import CLOSING, ENTRY, GRAPH, PREPARATION, ROUND, Stage, round_from
from stages.order import Place
from stages.progress import Silent
from stages.run import Run
from tasks.errors import StageError
from tasks.home import Home
from tasks.ledger import Ledger, StageMark
from tasks.records.outputs import Experience, Findings, Hypotheses


@dataclass
class FakeRun:
    """As much of a run as the engine touches."""

    ledger: Ledger
    home: Home
    progress: Silent = field(default_factory=Silent)
    round: int = 0

    def begin_stage(self, number: int = 0) -> None:
        """Nothing to time."""


def run_in(folder: Path) -> Run:
    folder.mkdir(exist_ok=True)
    return cast(Run, FakeRun(Ledger(folder), Home(folder / "home")))


def stage(number: int, made: Any, **more: Any) -> Stage:
    calls = more.pop("calls", [])

    def function(run: Run, **inputs: Any) -> Any:
        calls.append(inputs)
        return made

    fields = {"produces": f"r{number}", "schema": Experience, **more}
    return Stage(Place(number, f"s{number}", "test"), function, **fields)


RECORD = Experience(hits=(), known=3)


def test_a_finished_stage_is_loaded_not_repeated(tmp_path: Path):
    calls: list[Any] = []
    first = stage(1, RECORD, calls=calls)
    Engine(run_in(tmp_path)).execute(first, 0)
    assert Engine(run_in(tmp_path)).execute(first, 0) == RECORD
    assert len(calls) == 1
    assert len(list(Ledger(tmp_path).read("marks", StageMark))) == 1


def test_rounds_are_kept_apart(tmp_path: Path):
    calls: list[Any] = []
    engine = Engine(run_in(tmp_path))
    for round_ in (1, 2):
        engine.execute(stage(8, RECORD, calls=calls), round_)
    assert len(calls) == 2


def test_a_stage_whose_input_changed_is_done_anew(tmp_path: Path):
    calls: list[Any] = []
    second = stage(2, RECORD, calls=calls, consumes=("r1",))
    engine = Engine(run_in(tmp_path))
    engine.execute(stage(1, RECORD), 0)
    engine.execute(second, 0)
    engine.state["r1"] = Experience(hits=(), known=4)
    engine.execute(second, 0)
    assert len(calls) == 2


def test_a_missing_input_stops_the_run(tmp_path: Path):
    with pytest.raises(StageError, match="needs nowhere"):
        Engine(run_in(tmp_path)).execute(stage(2, RECORD, consumes=("nowhere",)), 0)


def test_an_optional_input_may_be_absent(tmp_path: Path):
    calls: list[Any] = []
    Engine(run_in(tmp_path)).execute(stage(2, RECORD, calls=calls, optional=("later",)), 0)
    assert calls == [{"later": None}]


@pytest.mark.parametrize("made", [None, {"known": 1}, Findings(findings=())])
def test_a_product_of_another_kind_stops_the_run(tmp_path: Path, made: Any):
    with pytest.raises(StageError, match="its contract"):
        Engine(run_in(tmp_path)).execute(stage(1, made), 0)
    assert Ledger(tmp_path).load(1, 0, Experience) is None


def test_there_are_23_stages_in_order():
    assert [s.number for s in GRAPH] == list(range(1, 24))
    assert [s.name for s in GRAPH][:3] == ["frame_goal", "check_readiness", "pin_target"]
    assert (*PREPARATION, *ROUND, *CLOSING) == GRAPH


def test_everything_consumed_is_produced_before():
    made: set[str] = set()
    for s in GRAPH:
        assert set(s.consumes) <= made, s.name
        made.add(s.produces)


def test_signatures_agree_with_the_graph():
    for s in GRAPH:
        parameters = inspect.signature(s.function).parameters
        names = [name for name in parameters if name != "briefing"]
        briefed = set(Briefing.__annotations__) if "briefing" in parameters else set()
        assert names[0] == "run"
        assert {*names[1:], *briefed} == {*s.consumes, *s.optional}, s.name


def test_transitions_name_stages():
    names = {s.name for s in GRAPH} | {"stop"}
    for s in GRAPH:
        assert set(s.transitions) <= names
    assert {round_from(n)[0].number for n in ENTRY.values()} == set(ENTRY.values())


def test_schemas_are_records():
    assert {s.schema for s in GRAPH} >= {Findings, Hypotheses, Experience}
